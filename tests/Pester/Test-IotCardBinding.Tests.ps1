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

    It 'names the columns that a row lacks' {
        $check = [pscustomobject]@{ ICCID = '89860018521874998319'; IMEI1 = '860456038157932' } | Test-IotCardBinding -Operation Rebind

        $check.Action, $check.Code | Should -Be 'Refuse', 'MissingColumn'
        $check.Message | Should -Match 'IMEI1'
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
