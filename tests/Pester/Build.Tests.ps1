param([string] $ModulePath, [string] $Sandbox)

Describe 'build.ps1' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $build = (Resolve-Path (Join-Path $PSScriptRoot '../../build.ps1')).Path

        # The output of a task. -Bare: in a shell with only PowerShell's own modules.
        function Invoke-Build {
            param([string] $Arguments, [switch] $Bare)

            $run = Invoke-FreshShell -ModulePath $ModulePath -Endpoint 'http://127.0.0.1:1' -Script @"
if (`$$Bare) { `$env:PSModulePath = Join-Path `$PSHOME 'Modules' }
try { & '$build' $Arguments } catch { "error: `$_" }
"@
            $run.Text
        }
    }

    It 'starts other shells of the same PowerShell' {
        $shell, [string[]] $first = Get-ShellCommand
        $version = & $shell @first -NoProfile -NonInteractive -Command '"$($PSVersionTable.PSEdition) $($PSVersionTable.PSVersion) $PSHOME"'

        $version | Should -Be "$($PSVersionTable.PSEdition) $($PSVersionTable.PSVersion) $PSHOME"
        $shell | Should -Be (Get-Process -Id $PID).Path -Because 'what runs here can run here'
    }

    It 'names what is missing for <Arguments>' -ForEach @(
        @{ Arguments = '-Task Docs'; Word = 'error: *Microsoft.PowerShell.PlatyPS*Install-*' }
        @{ Arguments = '-Task Publish'; Word = 'error: Publishing needs a key of the gallery: ./build.ps1 -Task Publish -NuGetApiKey (Read-Host -AsSecureString), or the variable NUGET_API_KEY' }
    ) {
        Invoke-Build $Arguments -Bare | Should -BeLike $Word
    }

    It 'shows under -WhatIf where the module would be installed, and installs nothing' {
        Invoke-Build '-Task Install -WhatIf' | Should -Match 'What if: .*IotCard[\\/]\d'
    }

    It 'supports -WhatIf for publishing, and prompts without it' {
        if (-not (Get-Command Publish-PSResource, Publish-Module -ErrorAction SilentlyContinue)) {
            Set-ItResult -Skipped -Because 'nothing here publishes'
        }

        Invoke-Build '-Task Publish -Repository ours -WhatIf' | Should -Match '"Publish" on target "IotCard \d[\d.]+, to the repository ours"'
        Invoke-Build '-Task Publish -Repository ours' | Should -BeLike 'error: *' -Because 'nobody can be asked'
    }
}
