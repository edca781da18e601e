param([string] $ModulePath, [string] $Sandbox)

Describe 'Resolve-IotCardJournal' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')
        $rows = @(
            '89860018521874998319,860456038157932', '89860219070907095849,861762040877246', '898604201518649757A6,356893113596553',
            '89860721788800332727,868019046315868', '89860122279492236694,863588029035177', '8986062308750977240,867044051754489',
            '89860924576970688902,860456034473796', '89860325303647978391,861762047193100', '8986111873404053465d,356893119912416',
            '89860019061182633349,868019042631722', '89860220808607141596,863588025351032', '89860421868581499771,867044058070343',
            '89860722800042165010,860456030789658', '89860123083653462175,861762043508962', '89860624797880496151,356893116228279',
            '89860925059986969805,868019048947585', '89860021874619035276,860456032841655', '89860322971504683198,861762041655294',
            '89860423650192748368,356893114374620', '89860624713802951645,868019047119384'
        ) | ConvertFrom-Csv -Header Iccid, Imei
        $lost = '89860721788800332727', '89860325303647978391', '89860624797880496151'
        $journal = Join-Path $TestDrive 'job.jsonl'
        $quietly = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
    }

    AfterAll {
        Stop-SandboxSession
    }

    It 'settles three of twenty unbinds whose responses were lost, and repeating the run skips them' {
        $faults = @{}
        $lost | ForEach-Object { $faults[$_] = @('CloseAfter') }
        Set-ServiceFault @{ UpcomingByCard = $faults }

        $first = $rows | Remove-IotCardBinding -JournalPath $journal -Confirm:$false @quietly
        @($first | Where-Object Outcome -EQ Succeeded).Count | Should -Be 17
        ($first | Where-Object Outcome -EQ Unknown).Iccid | Should -Be $lost

        $unknown = Get-IotCardJournal $journal | Where-Object Outcome -EQ Unknown | Get-IotCard
        $unknown.Iccid | Sort-Object | Should -Be ($lost | Sort-Object)
        $unknown.Status | Should -Be 'Closed', 'Closed', 'Closed'

        $before = Get-Content $journal -Raw
        $unknown | Where-Object Status -EQ Closed | Resolve-IotCardJournal -Path $journal -Outcome Succeeded -Comment 'closed, seen 2026-11-24' -WhatIf | Should -BeNullOrEmpty
        Get-Content $journal -Raw | Should -Be $before

        $resolved = $unknown | Where-Object Status -EQ Closed | Resolve-IotCardJournal -Path $journal -Outcome Succeeded -Comment 'closed, seen 2026-11-24'
        $resolved.Outcome | Should -Be 'Succeeded', 'Succeeded', 'Succeeded'
        $resolved.Code | Should -Be 'Resolved', 'Resolved', 'Resolved'

        Clear-ServiceLog
        $second = $rows | Remove-IotCardBinding -JournalPath $journal -Confirm:$false
        $second.Outcome | Select-Object -Unique | Should -Be 'Succeeded'
        $second.FromJournal | Select-Object -Unique | Should -BeTrue
        ($second | Where-Object Code -EQ Resolved).Iccid | Should -Be $lost
        ($second | Where-Object Code -EQ Resolved).Message | Should -Be (@('closed, seen 2026-11-24') * 3)
        (Get-ServiceLog).Requests | Should -Be 0
    }

    It 'leaves a journal that <_> can read as a whole' -ForEach 'PowerShell', 'jq' {
        # Without the room that a run reserves at the end of the file.
        $lines = Get-Content $journal | ForEach-Object Trim | Where-Object { $_ }
        if ($_ -eq 'jq') {
            if (-not (Get-Command jq -CommandType Application -ErrorAction Ignore)) {
                Set-ItResult -Skipped -Because 'jq is not installed'
            }

            $lines = $lines | jq -c --arg card $lost[0] 'select(.iccid == $card)'
        }

        $recorded = @($lines | ConvertFrom-Json | Where-Object { $_.PSObject.Properties['iccid'] -and $_.iccid -eq $lost[0] })
        $recorded[0].kind | Should -Be 'intent'
        $recorded[1].outcome, $recorded[1].code | Should -Be 'Unknown', 'OutcomeUnknown'
        $recorded[-1].kind, $recorded[-1].outcome, $recorded[-1].comment | Should -Be 'resolution', 'Succeeded', 'closed, seen 2026-11-24'
    }

    It 'refuses <what> with <id>' -TestCases @(
        @{ what = 'a row that is not Unknown'; iccid = '89860018521874998319'; id = 'JournalRowNotUnknown' }
        @{ what = 'a row that was settled already'; iccid = '89860721788800332727'; id = 'JournalRowNotUnknown' }
        @{ what = 'a card that is not in the journal'; iccid = '89860018521874998310'; id = 'JournalRowNotFound' }
        @{ what = 'what is no card'; iccid = '123'; id = 'InvalidIccid' }
    ) {
        $before = Get-Content $journal -Raw
        Resolve-IotCardJournal -Path $journal -Iccid $iccid -Outcome Failed -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty

        $problems[0].FullyQualifiedErrorId | Should -Be "$id,IotCard.Commands.ResolveIotCardJournalCommand"
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-Content $journal -Raw | Should -Be $before
    }

    It 'resends a row that was settled as Failed' {
        $other = Join-Path $TestDrive 'swap.jsonl'
        $swap = [pscustomobject]@{ Iccid = '89860020208669631471'; Imei = '860456037105510'; NewImei = '353918052345671' }
        Set-ServiceFault @{ UpcomingByCard = @{ $swap.Iccid = @('CloseAfter') } }
        ($swap | Set-IotCardBinding -JournalPath $other @quietly).Outcome | Should -Be 'Unknown'

        (Resolve-IotCardJournal $other $swap.Iccid -Imei $swap.Imei -Outcome Failed -Comment 'not done').Outcome | Should -Be 'Failed'

        $again = $swap | Set-IotCardBinding -JournalPath $other @quietly
        $again.Code, $again.FromJournal | Should -Be 'isv.QUERY_ASSETS_ERROR', $false
    }

    It 'fails if there is no journal at all' {
        $row = @{ Iccid = '89860018521874998319'; Outcome = 'Failed' }

        Resolve-IotCardJournal -Path (Join-Path $TestDrive 'none.jsonl') @row -ErrorAction SilentlyContinue -ErrorVariable problems

        $problems[0].FullyQualifiedErrorId | Should -BeLike 'JournalNotFound,*'
        { Resolve-IotCardJournal -Path Env:PATH @row } | Should -Throw -ErrorId 'JournalNotInFileSystem,*'
    }
}

Describe 'Resolve-IotCardJournal -FromAuditTrail' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $rows = New-FleetCsv (Join-Path $TestDrive 'cards.csv') 20
        $service = Start-Sandbox $Sandbox -Options '--fleet', "`"$(Join-Path $TestDrive 'cards.csv')`""
        $PSDefaultParameterValues['*-IotCard*:Endpoint'] = $service.Endpoint
        $PSDefaultParameterValues['*-IotCard*:Credential'] = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
        $lost = $rows[3, 8, 15].Iccid
        $journal = Join-Path $TestDrive 'job.jsonl'
        $quietly = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $faults = @{ $lost[0] = @('CloseAfter'); $lost[1] = @('ResetAfter'); $lost[2] = @('TruncateResponse') }
        $null = Invoke-SandboxCall $service 'faults' Put (@{ UpcomingByCard = $faults } | ConvertTo-Json -Depth 3)
        $first = $rows | Remove-IotCardBinding -JournalPath $journal -Confirm:$false @quietly

        function Set-AuditTrail([hashtable] $Switches) {
            $null = Invoke-SandboxCall $service 'audit' Put (@{ Delay = '00:00:00' } + $Switches | ConvertTo-Json)
        }

        function Invoke-Again {
            # Runs the same list again. Returns how many requests it sent.
            $before = (Get-SandboxLog $service).Requests
            $null = $rows | Remove-IotCardBinding -JournalPath $journal -Confirm:$false @quietly
            (Get-SandboxLog $service).Requests - $before
        }
    }

    AfterAll {
        $PSDefaultParameterValues.Clear()
        Stop-Sandbox $service
        Remove-Module IotCard
    }

    It 'begins with twenty unbinds of which three have lost their answers' {
        ($first | Where-Object Outcome -EQ Unknown).Iccid | Should -Be $lost
        ($first | Where-Object Outcome -EQ Succeeded).Count | Should -Be 17
    }

    It 'leaves them Unknown and says what it saw: <_>' -ForEach @(
        @{ Response = 'Absent'; Says = 'event \S+, \S+Z\)' }
        @{ Response = 'RequestIdOnly'; Says = 'event \S+, \S+Z\)' }
        @{ Parameters = 'Starred'; UserAgent = 'Absent'; Says = 'More than one' }
        @{ IsEmpty = $true; Says = 'too early to settle this row' }
        @{ Parameters = 'Absent'; UserAgent = 'Absent'; Response = 'Absent'; Says = 'More than one' }
    ) {
        $switches = $_.Clone()
        $switches.Remove('Says')
        Set-AuditTrail $switches
        $before = Get-Content $journal -Raw

        $results = Resolve-IotCardJournal $journal -FromAuditTrail -WarningVariable warnings -WarningAction SilentlyContinue

        $results.Iccid | Should -Be $lost
        $results.Outcome | Select-Object -Unique | Should -Be 'Unknown'
        $results.Message | ForEach-Object { $_ | Should -Match $Says }
        $warnings.Count | Should -BeGreaterThan 0
        Get-Content $journal -Raw | Should -Be $before
        Invoke-Again | Should -Be 0
    }

    It 'shows with -WhatIf what would be recorded, and records nothing' {
        Set-AuditTrail @{}
        $before = Get-Content $journal -Raw

        Resolve-IotCardJournal $journal -FromAuditTrail -WhatIf | Should -BeNullOrEmpty

        Get-Content $journal -Raw | Should -Be $before
    }

    It 'settles all three with their evidence, and the next run sends nothing twice' {
        Set-AuditTrail @{ DuplicatesEvents = $true; Parameters = 'Starred' }

        $results = Resolve-IotCardJournal $journal -FromAuditTrail

        $results.Iccid | Should -Be $lost
        $results.Outcome | Select-Object -Unique | Should -Be 'Succeeded'
        $results.Code | Select-Object -Unique | Should -Be 'Resolved'
        $events = Get-Content $journal | ConvertFrom-Json | Where-Object kind -EQ resolution
        $events.finding | Select-Object -Unique | Should -Be 'Executed'
        for ($i = 0; $i -lt 3; $i++) {
            $results[$i].Message | Should -Match ($events | Where-Object iccid -EQ $lost[$i]).eventId
        }

        Invoke-Again | Should -Be 0
        (Get-SandboxLog $service).Cards.PSObject.Properties.Value | Select-Object -Unique | Should -Be 1
        Get-IotCardJournal $journal | Where-Object Code -EQ Resolved | ForEach-Object { $_.Message | Should -Match 'audit trail' }
    }

    It 'has nothing to do once nothing is Unknown, and asks nobody' {
        $before = (Get-SandboxLog $service).Requests

        Resolve-IotCardJournal $journal -FromAuditTrail | Should -BeNullOrEmpty

        (Get-SandboxLog $service).Requests | Should -Be $before
    }

    It 'ends with the code if the trail cannot be read' {
        $other = Join-Path $TestDrive 'other.jsonl'
        $null = Invoke-SandboxCall $service 'faults' Put '{"Upcoming":["CloseAfter"]}'
        $null = $rows[0] | Remove-IotCardBinding -JournalPath $other -Confirm:$false @quietly

        { Resolve-IotCardJournal $other -FromAuditTrail -Credential ([pscredential]::new('nobody', (ConvertTo-SecureString 'x' -AsPlainText -Force))) } |
            Should -Throw -ErrorId 'InvalidAccessKeyId.NotFound,*'
        { Resolve-IotCardJournal (Join-Path $TestDrive 'none.jsonl') -FromAuditTrail } | Should -Throw -ErrorId 'JournalNotFound,*'
    }
}
