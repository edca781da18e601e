param([string] $ModulePath, [object] $Sandbox, [string] $Folder)

Describe 'The automatic journal' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Story.ps1')
        Set-StoryDefault $Sandbox
        Import-Module $ModulePath
    }

    It 'records a run that names none, in the folder of the user' {
        $rows = @(Get-Row 1 5)
        $results = $rows | Remove-IotCardBinding

        $found = Get-IotCardJournal | Select-Object -First 1
        $read = $found | Get-IotCardJournal | Sort-Object Row

        $found.Path | Should -BeLike (Join-Path $env:LOCALAPPDATA 'IotCard\*.jsonl')
        $found.Endpoint | Should -Be $Sandbox.Endpoint
        $read.Iccid | Should -Be $rows.Iccid
        $read.RequestId | Should -Be $results.RequestId
    }

    It 'is not kept where it is not wanted' {
        $before = @(Get-IotCardJournal).Count

        $null = Get-Row 10 1 | Remove-IotCardBinding -NoJournal

        @(Get-IotCardJournal).Count | Should -Be $before
    }
}
