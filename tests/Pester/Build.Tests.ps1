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
        @{ Arguments = '-Task Publish -ProjectUri $null -NuGetApiKey (ConvertTo-SecureString key -AsPlainText -Force)'; Word = "error: Publishing needs the project's page, *-ProjectUri*" }
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

Describe 'build.ps1 -Task Audit' {
    BeforeAll {
        'Module', 'Audit' | ForEach-Object { . (Join-Path $PSScriptRoot "../../build/$_.ps1") }

        # Stands in for the program, with the answer of the package sources.
        function dotnet {
            $global:LASTEXITCODE = $exitCode
            $answer
        }
    }

    BeforeEach {
        $exitCode = 0
    }

    It 'counts the projects without a known vulnerability' {
        $answer = '{"version":1,"projects":[{"path":"a.csproj"},{"path":"b.csproj","frameworks":[]}]}'

        Assert-NoVulnerability 'some.slnx' | Should -Be 2
    }

    It 'fails on a vulnerable package, <Kind>, and names it' -ForEach @(
        @{ Kind = 'named by the project'; List = 'topLevelPackages' }
        @{ Kind = 'brought along by another'; List = 'transitivePackages' }
    ) {
        $answer = '{"projects":[{"path":"a.csproj","frameworks":[{"framework":"net8.0","' + $List +
        '":[{"id":"Some.Library","resolvedVersion":"1.0.0","vulnerabilities":[{"severity":"High","advisoryurl":"https://advisory.example"}]}]}]}]}'

        { Assert-NoVulnerability 'some.slnx' } | Should -Throw '*Some.Library 1.0.0: High, https://advisory.example'
    }

    It 'fails if <Kind>' -ForEach @(
        @{ Kind = 'dotnet fails'; Code = 1; Text = '{"projects":[{"path":"a.csproj"}]}'; Word = 'dotnet list failed*' }
        @{ Kind = 'a source could not be asked'; Code = 0; Text = '{"problems":[{"level":"error","text":"no source"}],"projects":[{"path":"a.csproj"}]}'; Word = '*no source' }
        @{ Kind = 'no project was looked up'; Code = 0; Text = '{"projects":[]}'; Word = '*named no project.' }
        @{ Kind = 'the answer is none'; Code = 0; Text = 'error: no'; Word = '*' }
    ) {
        $exitCode = $Code
        $answer = $Text

        { Assert-NoVulnerability 'some.slnx' } | Should -Throw $Word
    }
}

Describe 'The online help' {
    It 'is offered exactly if the package names a project page' {
        $links = Select-String -Path (Join-Path (Split-Path $ModulePath) '*/IotCard.dll-Help.xml') -Pattern '<maml:navigationLink' -SimpleMatch

        [bool] $links | Should -Be ([bool] (Test-ModuleManifest $ModulePath).PrivateData.PSData['ProjectUri'])
    }

    It 'opens the page of each command, at the version, in <Culture>' -ForEach @(
        @{ Culture = 'en-US'; Pages = 'en-US' }
        @{ Culture = 'zh'; Pages = 'zh-CN' }
    ) {
        . (Join-Path $PSScriptRoot '../../build/Package.ps1')
        Copy-Item (Split-Path $ModulePath) (Join-Path $TestDrive $Culture) -Recurse
        Add-OnlineHelp -Stage (Join-Path $TestDrive $Culture) -ProjectUri 'https://forge.example/owner/iotcard/' -Version '1.2.3'

        [xml] $help = Get-Content (Join-Path $TestDrive "$Culture/$Culture/IotCard.dll-Help.xml") -Raw -Encoding UTF8
        $commands = $help.GetElementsByTagName('command:command')
        $commands.Count | Should -BeGreaterThan 10
        foreach ($command in $commands) {
            $name = $command.GetElementsByTagName('command:name')[0].InnerText
            $command.GetElementsByTagName('maml:uri').InnerText | Select-Object -Last 1 | Should -Be "https://forge.example/owner/iotcard/blob/v1.2.3/docs/$Pages/$name.md"
            Join-Path $PSScriptRoot "../../docs/$Pages/$name.md" | Should -Exist
        }
    }
}
