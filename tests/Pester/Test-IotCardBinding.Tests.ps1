param([string] $ModulePath, [string] $Sandbox)

Describe 'Test-IotCardBinding' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')

        function ConvertTo-Row([string[]] $Line) {
            $Line | ConvertFrom-Csv -Header Iccid, Imei, NewImei
        }
    }

    AfterAll {
        Stop-SandboxSession
    }

    BeforeEach {
        Clear-ServiceLog
    }

    It 'shows a duplicate card, a device given to two, a closed card and a device never uploaded before anything is sent' {
        $checks = ConvertTo-Row @(
            '89860018521874998319,860456038157932,863588024298614'
            '89860018521874998319,860456038157932,863588024298614'
            '89860219070907095849,861762040877246,490154203237518'
            '89860721788800332727,868019046315868,490154203237518'
            '89860918136611157870,860456033421374,353918052345671'
            '89860122279492236694,863588029035177,861762042456544'
            '8986062308750977240,868019047119384,860456039737237'
            '898604201518649757A6,356893113596553,355888120000004'
        ) | Test-IotCardBinding -Operation Rebind -Online

        $checks.Row | Should -Be (1..8)
        $checks.Action | Should -Be 'Send', 'Refuse', 'Refuse', 'Refuse', 'Refuse', 'Refuse', 'Refuse', 'Send'
        $checks.Code | Should -Be $null, 'DuplicateRow', 'DeviceTwice', 'DeviceTwice', 'CardClosed', 'DeviceNotUploaded', 'BoundElsewhere', $null
        $checks[2].Message | Should -Match '4'
        $checks[3].Message | Should -Match '3'
        @((Get-ServiceLog).Operations).Count | Should -Be 0
    }

    It 'sends nothing offline, and needs no credential' {
        $saved = $PSDefaultParameterValues['*-IotCard*:Credential']
        $PSDefaultParameterValues.Remove('*-IotCard*:Credential')
        try {
            $checks = ConvertTo-Row @(
                '89860018521874998319,860456038157932,863588024298614'
                '89860018521874998319,860456038157932,490154203237518'
                '89860012345678900000,860456033421374,353918052345671'
                '8.98604E+19,860456033421374,353918052345679'
                '89860721788800332727,868019046315868,868019046315868'
            ) | Test-IotCardBinding -Operation Rebind -ErrorAction Stop
        }
        finally {
            $PSDefaultParameterValues['*-IotCard*:Credential'] = $saved
        }

        $checks.Code | Should -Be 'CardTwice', 'CardTwice', 'SpreadsheetRounded', 'SpreadsheetNumber', 'SameImei'
        $checks.Action | Select-Object -Unique | Should -Be 'Refuse'
        (Get-ServiceLog).Requests | Should -Be 0
    }

    It 'refuses what Remove-IotCardBinding refuses, and calls a closed card done' {
        $checks = ConvertTo-Row '89860018521874998319,860456038157932,863588024298614', '89860918136611157870,860456033421374,', '89860219070907095849,861762040877246,' |
            Test-IotCardBinding -Operation Unbind -Online

        $checks.Action | Should -Be 'Refuse', 'AlreadyDone', 'Send'
        $checks.Code | Should -Be 'RowIsARebind', 'CardClosed', $null
    }

    It 'considers the journal and the rows themselves, and writes nothing' {
        $journal = Join-Path $TestDrive 'job.jsonl'
        $none = Join-Path $TestDrive 'none.jsonl'
        $rows = ConvertTo-Row '89860421868581499771,867044058070343,353918052345671', '89860722800042165010,860456030789658,490154203237518'
        Set-ServiceFault @{ UpcomingByCard = @{ '89860722800042165010' = @('CloseAfter') } }
        $results = $rows | Set-IotCardBinding -JournalPath $journal -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $before = Get-Content $journal -Raw

        $checks = $rows | Test-IotCardBinding -Operation Rebind -JournalPath $journal
        $byItself = $results[1] | Test-IotCardBinding -Operation Rebind

        $checks.Action | Should -Be 'AlreadyDone', 'Unknown'
        $byItself.Action, $byItself.Code | Should -Be 'Unknown', 'PriorOutcomeUnknown'
        Get-Content $journal -Raw | Should -Be $before
        ($rows | Test-IotCardBinding -Operation Rebind -JournalPath $none).Action | Should -Be 'Send', 'Send'
        $none | Should -Not -Exist
    }

    It 'can be piped into the command that sends' {
        $results = ConvertTo-Row '89860123083653462175,861762043508962,355888120000012', '89860123083653462175,861762043508962,355888120000012' |
            Test-IotCardBinding -Operation Rebind | Where-Object Action -EQ Send | Set-IotCardBinding

        @($results).Count | Should -Be 1
        $results.Outcome | Should -Be 'Succeeded'
    }

    It 'reports once that the service is unreachable, and each row as unknown' {
        $nobody = @{ CardEndpoint = 'http://127.0.0.1:1'; MaximumRetryCount = 0; OutageTimeoutSec = 0 }

        $checks = ConvertTo-Row '89860018521874998319,860456038157932,863588024298614', '89860219070907095849,861762040877246,490154203237518' |
            Test-IotCardBinding -Operation Rebind -Online @nobody -ErrorAction SilentlyContinue -ErrorVariable problems

        $checks.Action | Should -Be 'Unknown', 'Unknown'
        $checks.Code | Should -Be 'ConnectionFailed', 'ConnectionFailed'
        @($problems).Count | Should -Be 1
    }

    It 'says in one error what a wrong file looks like, and shows the line that helps: <Name>' -ForEach @(
        @{ Name = 'another delimiter'; Lines = 'Iccid;Imei', '89860018521874998319;860456038157932'; Helps = "-Delimiter ';'" }
        @{ Name = 'tabs'; Lines = "Iccid`tImei", "89860018521874998319`t860456038157932"; Helps = '-Delimiter "`t"' }
        @{ Name = 'quoted lines'; Lines = '"Iccid,Imei"', '"89860018521874998319,860456038157932"'; Helps = "Trim('`"')" }
        @{ Name = 'a line for Excel'; Lines = 'sep=;', 'Iccid;Imei', '89860018521874998319;860456038157932'; Helps = "-Skip 1 | ConvertFrom-Csv -Delimiter ';'" }
        @{ Name = 'a title'; Lines = 'Retired cards,', 'Iccid,Imei', '89860018521874998319,860456038157932'; Helps = '-Skip 1 | ConvertFrom-Csv' }
        @{ Name = 'no header'; Lines = '89860018521874998319,860456038157932', '89860219070907095849,861762040877246'; Helps = '-Header Iccid, Imei, NewImei' }
        @{ Name = 'UTF-16 without a mark'; Lines = "I`0c`0c`0i`0d`0,I`0m`0e`0i`0x", '1,2'; Helps = '-Encoding Unicode' }
        @{ Name = 'another encoding'; Lines = "Iccid,$([char]0xC9)$([char]0xE8)IMEI", '1,2'; Helps = '-Encoding gb18030' }
    ) {
        $rows = $Lines | ConvertFrom-Csv -WarningAction SilentlyContinue
        foreach ($command in { $rows | Test-IotCardBinding -Operation Unbind }, { $rows | Remove-IotCardBinding -WhatIf }, { $rows | Remove-IotCardBinding -Confirm:$false }) {
            $problem = { & $command } | Should -Throw -ErrorId 'MissingColumn,IotCard.Commands.*' -PassThru
            $problem.Exception.Message.Contains($Helps) | Should -BeTrue -Because $problem.Exception.Message
        }
    }

    It 'gives a row its result, and one error for all, where only some rows lack a column' {
        $rows = @(ConvertTo-Row '89860018521874998319,860456038157932,353918052345671') + [pscustomobject]@{ Iccid = '89860219070907095849' } + [pscustomobject]@{ Iccid = '1' }

        $results = $rows | Set-IotCardBinding -WhatIf -ErrorAction SilentlyContinue -ErrorVariable problems

        $results.Row | Should -Be 2, 3
        $results.Code | Should -Be 'MissingColumn', 'MissingColumn'
        $problems.Count | Should -Be 1
        $problems[0].Exception.Message | Should -Match 'Row 2.*: 1\.$'
    }

    It 'takes a list with a new device for rebinds, and any other for unbinds' {
        (ConvertTo-Row '89860018521874998319,860456038157932,353918052345671' | Test-IotCardBinding).Operation | Should -Be 'Rebind'
        ('89860018521874998319,860456038157932' | ConvertFrom-Csv -Header Iccid, Imei | Test-IotCardBinding).Operation | Should -Be 'Unbind'
        (Test-IotCardBinding 89860018521874998319 860456038157932 353918052345671).Operation | Should -Be 'Rebind'
    }

    It 'has a summary with the hash by which a run is approved, and any other list is refused' {
        $rows = ConvertTo-Row '89860421868581499771,867044058070343,355888120000038', '89860123083653462175,861762043508962,'
        $summary = $rows | Test-IotCardBinding -Summary

        $summary.PSObject.TypeNames[0] | Should -Be 'IotCard.BindingSummary'
        $summary.Operation, $summary.Rows, $summary.Send, $summary.Refuse | Should -Be 'Rebind', 2, 1, 1
        $summary.Hash | Should -Match '^[0-9a-f]{64}$'
        { $rows[1], $rows[0] | Set-IotCardBinding -ApprovedHash $summary.Hash } | Should -Throw -ErrorId 'NotTheApprovedList,*'
        { $rows | Set-IotCardBinding -ApprovedHash ('0' * 64) -WhatIf } | Should -Throw -ErrorId 'NotTheApprovedList,*'
        @((Get-ServiceLog).Operations).Count | Should -Be 0
        @($rows | Set-IotCardBinding -ApprovedHash $summary.Hash.ToUpperInvariant() -WhatIf -ErrorAction SilentlyContinue).Code | Should -Be 'InvalidImei'
    }

    It 'warns of an empty list' {
        @() | Test-IotCardBinding -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        $warnings | Should -HaveCount 1
    }

    It 'assesses ten thousand rows' {
        $rows = foreach ($number in 1..10000) {
            [pscustomobject]@{ Iccid = '8986{0:d16}' -f ($number * 7 + 1); Imei = '{0:d14}0' -f (10000000000000 + $number); NewImei = '{0:d14}' -f (20000000000000 + $number) }
        }

        $checks = $rows | Test-IotCardBinding -Operation Rebind -SkipCheckDigit

        $checks.Count | Should -Be 10000
        @($checks | Where-Object Action -EQ Send).Count | Should -BeGreaterThan 9990
    }
}
