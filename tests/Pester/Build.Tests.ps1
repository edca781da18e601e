param([string] $ModulePath, [string] $Sandbox)

Describe 'build.ps1' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Shell.ps1')
    }

    It 'starts other shells of the very PowerShell that it runs in' {
        $version = & (Get-ShellPath) -NoProfile -NonInteractive -Command '"$($PSVersionTable.PSEdition) $($PSVersionTable.PSVersion) $PSHOME"'

        $version | Should -Be "$($PSVersionTable.PSEdition) $($PSVersionTable.PSVersion) $PSHOME"
    }
}
