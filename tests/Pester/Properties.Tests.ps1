param([string] $ModulePath, [string] $Sandbox)

# What a property of a result is to the rest of PowerShell. Seven cultures: three with a calendar of their own, one with
# a decimal comma, one in which I is not the upper case of i.
BeforeDiscovery {
    $cultures = 'en-US', 'de-DE', 'zh-CN', 'tr-TR', 'th-TH', 'ar-SA', 'fa-IR' | ForEach-Object { @{ Culture = $_ } }
}

Describe 'The properties of a result under <Culture>' -ForEach $cultures {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $service = Start-DefaultSandbox $Sandbox
        $before = [System.Threading.Thread]::CurrentThread.CurrentCulture
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $Culture
        $invariant = [cultureinfo]::InvariantCulture
        $journal = Join-Path $TestDrive 'job.jsonl'
        $rows = @(
            [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932'; NewImei = '353918052345671' }
            [pscustomobject]@{ Iccid = '89860000000000000001'; Imei = '863588029035177'; NewImei = '490154203237518' }
        )
        $results = $rows | Set-IotCardBinding -JournalPath $journal -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $one = $results[0]
        $time = [datetime] $one.CompletedAt
        $text = $time.ToString('O', $invariant)
    }

    AfterAll {
        [System.Threading.Thread]::CurrentThread.CurrentCulture = $before
        Stop-DefaultSandbox $service
        Remove-Module IotCard
    }

    It 'CompletedAt is a time in UTC, with the methods and operators of one' {
        $one.CompletedAt -is [datetime] | Should -BeTrue
        $one.CompletedAt.Kind | Should -Be 'Utc'
        $one.CompletedAt.Year | Should -Be ([datetime]::UtcNow.Year)
        $one.CompletedAt.ToString('HH:mm') | Should -Be $time.ToString('HH:mm')
        $one.CompletedAt.ToLocalTime() | Should -Be $time.ToLocalTime()
        $one.CompletedAt.AddHours(1) - $one.CompletedAt | Should -Be ([timespan] '01:00')
        [datetime]::UtcNow - $one.CompletedAt | Should -BeLessThan ([timespan] '00:10')
        $one.CompletedAt -gt [datetime]::UtcNow.AddHours(-1) | Should -BeTrue
        [datetime]::UtcNow -ge $one.CompletedAt | Should -BeTrue
        ([datetimeoffset] $one.CompletedAt).UtcDateTime | Should -Be $time
    }

    It 'CompletedAt formats like any time' {
        '{0:HH:mm:ss}' -f $one.CompletedAt | Should -Be ('{0:HH:mm:ss}' -f $time)
        '{0}' -f $one.CompletedAt | Should -Be ('{0}' -f $time)
        "$($one.CompletedAt)" | Should -Be "$time"
        (Get-Date $one.CompletedAt -Format 'yyyy') | Should -Be (Get-Date $time -Format 'yyyy')
        ($one | Select-Object @{ Name = 'At'; Expression = { $_.CompletedAt.ToString('mm:ss') } }).At | Should -Be $time.ToString('mm:ss')
        ($one | Format-Table @{ Expression = 'CompletedAt'; FormatString = 'HH:mm:ss' } -HideTableHeaders | Out-String).Trim() | Should -Be $time.ToString('HH:mm:ss')
    }

    It 'CompletedAt sorts and groups' {
        $three = @($results) + $one

        ($three | Sort-Object CompletedAt -Descending | Select-Object -Last 1).Row | Should -Be (@($three | Sort-Object { [datetime] $_.CompletedAt })[0].Row)
        @($three | Group-Object { $_.CompletedAt.Date }).Count | Should -Be 1
        @($three | Group-Object CompletedAt | Where-Object Count -eq 2).Count | Should -Be 1
    }

    It 'a CSV has the same text as everywhere, and reads back' {
        $csv = $results | ConvertTo-Csv | ConvertFrom-Csv

        $csv[0].CompletedAt | Should -Be $text
        $csv[0].CompletedAt | Should -Match '^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$'
        ($results | Select-Object Row, CompletedAt, Elapsed | ConvertTo-Csv | ConvertFrom-Csv)[0].CompletedAt | Should -Be $text
        ([datetime] $csv[0].CompletedAt).ToUniversalTime() | Should -Be $time
        [double] $csv[0].Elapsed | Should -Be $one.Elapsed
        $csv[0].Elapsed | Should -Match '^\d+(\.\d{1,3})?$'
        $csv[0].Row, $csv[0].Attempts, $csv[0].FromJournal | Should -Be '1', '1', 'False'
    }

    It 'JSON is short and reads back' {
        $json = $one | ConvertTo-Json -Depth 1
        $back = $json | ConvertFrom-Json

        @($json -split '\r?\n').Count | Should -Be 16
        ([datetime] $back.CompletedAt).ToUniversalTime().Ticks | Should -BeGreaterThan ($time.Ticks - 10000)
        $back.Elapsed | Should -Be $one.Elapsed
        if ($PSVersionTable.PSEdition -eq 'Core') {
            $json | Should -Match '"CompletedAt": "20\d\d-\d\d-\d\dT[\d:.]+Z"'
        }
    }

    It 'CLIXML, as jobs use it, gives plain values' {
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($results))

        $back[0].CompletedAt -is [datetime] | Should -BeTrue
        $back[0].CompletedAt | Should -Be $time
        $back[0].CompletedAt.ToString('HH:mm') | Should -Be $time.ToString('HH:mm')
        $back[0].Elapsed | Should -Be $one.Elapsed
    }

    It 'Elapsed is a number of seconds that can be measured' {
        $one.Elapsed -is [double] | Should -BeTrue
        $one.Elapsed | Should -BeGreaterThan 0
        $one.Elapsed | Should -BeLessThan 60
        ($results | Measure-Object Elapsed -Average -Maximum).Maximum | Should -Be ($results.Elapsed | Sort-Object | Select-Object -Last 1)
        '{0:N1}' -f $one.Elapsed | Should -Be ([double] $one.Elapsed).ToString('N1')
        $one.Elapsed + 1 -gt 1 | Should -BeTrue
    }

    It 'the screen shows the years of the calendar that the file has' {
        $year = $time.ToString('yyyy-', $invariant)

        (Get-IotCardJournal $journal | Out-String) | Should -Match "$year\d\d-\d\d \d\d:\d\d:\d\dZ"
        ($one | Format-List | Out-String) | Should -Match "CompletedAt +: $year"
        ($one | Format-Table CompletedAt | Out-String) | Should -Match $year
    }

    It 'the list of journals and credentials shows and writes such times too' {
        $null = $rows[1] | Set-IotCardBinding -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $info = Get-IotCardJournal | Select-Object -First 1

        $info.Started -is [datetime] | Should -BeTrue
        ($info | Out-String) | Should -Match $time.ToString('yyyy-', $invariant)
        ($info | ConvertTo-Csv | ConvertFrom-Csv).Started | Should -Match '^20\d\d-\d\d-\d\dT[\d:.]+Z$'
    }
}
