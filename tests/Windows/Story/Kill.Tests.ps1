param([string] $ModulePath, [object] $Sandbox, [string] $Folder)

Describe 'A run in another process' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Story.ps1')
        Set-StoryDefault $Sandbox
        Import-Module $ModulePath
        $journal = Join-Path $Folder 'job.jsonl'
        $rows = @(Get-Row 1 150)
        $list = Join-Path $Folder 'retired.csv'
        $rows | Export-Csv $list -NoTypeInformation

        # One at a time, it would take long enough for everything below.
        $other = Start-Shell -Folder $Folder -Script @"
`$env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
`$env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
Import-Module '$ModulePath'
`$null = Import-Csv '$list' | Remove-IotCardBinding -JournalPath '$journal' -Endpoint '$($Sandbox.Endpoint)' -ThrottleLimit 1 -Confirm:`$false
"@
        $deadline = [datetime]::UtcNow.AddMinutes(2)
        while (@((Get-SandboxLog $Sandbox).Operations).Count -lt 8) {
            if ($other.HasExited -or [datetime]::UtcNow -gt $deadline) { throw 'The other run did not begin.' }
            Start-Sleep -Milliseconds 100
        }
    }

    AfterAll {
        if (-not $other.HasExited) { $other.Kill() }
    }

    It 'keeps a second writer from its journal' {
        { $rows | Remove-IotCardBinding -JournalPath $journal } | Should -Throw -ErrorId 'JournalInUse,*'
    }

    It 'lets its journal be read meanwhile' {
        $read = @(Get-IotCardJournal $journal)

        $other.HasExited | Should -BeFalse
        @($read | Where-Object Outcome -EQ Succeeded).Count | Should -BeGreaterThan 0
    }

    It 'can be killed and resumed, and no card is unbound twice or left out' {
        $other.Kill()
        $other.WaitForExit()
        $done = @(Get-Executed $Sandbox $rows | Where-Object { $_ }).Count

        $results = $rows | Remove-IotCardBinding -JournalPath $journal -ThrottleLimit 32 -ErrorAction SilentlyContinue

        $done | Should -BeLessThan $rows.Count
        $results.Iccid | Should -Be $rows.Iccid
        Get-Executed $Sandbox $rows | Select-Object -Unique | Should -Be 1
        @($results | Where-Object FromJournal).Count | Should -BeGreaterThan 0
        # The request in flight at the kill is resent to the letter, which the service recognizes.
        @($results | Where-Object Outcome -NE Succeeded | Where-Object Outcome -NE Unknown).Count | Should -Be 0
        @($results | Where-Object Outcome -EQ Unknown).Count | Should -BeLessOrEqual 1
    }
}
