param([string] $ModulePath, [string] $Sandbox)

Describe 'Get-IotCardJournal' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Journal.ps1')
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $service = Start-DefaultSandbox $Sandbox

        # The CRC-32 of all bytes before it, as the last member of a journal's line.
        $rows = @(
            [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932'; NewImei = '353918052345671' }
            [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '868019046315868'; NewImei = '490154203237518' }
        )
    }

    AfterAll {
        Stop-DefaultSandbox $service
        Remove-Module IotCard
    }

    It 'returns what a run recorded, and repeating the same line sends nothing' {
        $journal = Join-Path $TestDrive 'job.jsonl'
        $first = $rows | Set-IotCardBinding -JournalPath $journal -ErrorAction SilentlyContinue

        $read = Get-Item $journal | Get-IotCardJournal
        $again = $rows[0] | Set-IotCardBinding -JournalPath $journal

        $read.Iccid | Should -Be $first.Iccid
        $read.Outcome | Should -Be 'Succeeded', 'Failed'
        $read.FromJournal | Should -Be $true, $true
        $again.FromJournal | Should -BeTrue
        foreach ($property in 'Iccid', 'Outcome', 'Imei', 'PreviousImei', 'Code', 'RequestId', 'Attempts', 'CompletedAt') {
            $again.$property | Should -Be $first[0].$property -Because $property
        }
    }

    Context 'the path of the file' {
        BeforeAll {
            # No run is needed to read a journal.
            function New-Journal {
                param([string] $Name, [string] $Iccid)

                $path = Join-Path $TestDrive $Name
                [System.IO.File]::WriteAllLines($path, [string[]] @(
                        (Add-Checksum '{"kind":"job","format":1,"operation":"Unbind","endpoint":"https://dyiotapi.aliyuncs.com"}')
                        (Add-Checksum ('{"iccid":"' + $Iccid + '","imei":"860456038157932","number":1,"kind":"outcome","outcome":"Succeeded","code":"OK","completedAt":"2026-11-23T20:04:41+00:00"}'))))
                $path
            }

            $one = New-Journal 'one.jsonl' '8986111873404053465d'
            $two = New-Journal 'two.jsonl' '89860219070907095849'
            $bracket = New-Journal 'a[1].jsonl' '89860018521874998319'
        }

        It 'expands wildcards' {
            (Get-IotCardJournal (Join-Path $TestDrive '[ot][nw][eo].jsonl')).Iccid | Sort-Object | Should -Be '89860219070907095849', '8986111873404053465d'
        }

        It 'writes nothing if a wildcard matches nothing' {
            Get-IotCardJournal (Join-Path $TestDrive 'x*.jsonl') -ErrorAction Stop | Should -BeNullOrEmpty
        }

        It 'accepts a name with brackets literally' {
            (Get-IotCardJournal -LiteralPath $bracket).Iccid | Should -Be '89860018521874998319'
            (Get-IotCardJournal $bracket).Iccid | Should -Be '89860018521874998319'
            (Get-Item -LiteralPath $bracket | Get-IotCardJournal).Iccid | Should -Be '89860018521874998319'
        }

        It 'accepts <what> from the pipeline' -TestCases @(
            @{ what = 'paths'; convert = { $args[0] } }
            @{ what = 'files'; convert = { Get-Item -LiteralPath $args[0] } }
            @{ what = 'a column Path'; convert = { [pscustomobject]@{ Path = $args[0] } } }
            @{ what = 'a column JournalPath'; convert = { [pscustomobject]@{ JournalPath = $args[0] } } }
            @{ what = 'a column LiteralPath'; convert = { [pscustomobject]@{ LiteralPath = $args[0] } } }
        ) {
            ($one, $two | ForEach-Object { & $convert $_ } | Get-IotCardJournal).Iccid | Should -Be '8986111873404053465d', '89860219070907095849'
        }

        It 'refuses <path> with <id> and continues with the next' -TestCases @(
            @{ path = 'Env:PATH'; id = 'JournalNotInFileSystem' }
            @{ path = 'Function:prompt'; id = 'JournalNotInFileSystem' }
            @{ path = 'nosuchdrive:\job.jsonl'; id = 'JournalNotFound' }
            @{ path = 'none.jsonl'; id = 'JournalNotFound' }
            @{ path = '.'; id = 'JournalNotAFile' }
        ) {
            Push-Location $TestDrive
            try {
                [System.IO.File]::WriteAllText((Join-Path $TestDrive 'PATH'), 'never to be read')
                foreach ($set in 'Path', 'LiteralPath') {
                    $arguments = @{ $set = $path, $one }
                    $read = Get-IotCardJournal @arguments -ErrorAction SilentlyContinue -ErrorVariable problems
                    $read.Iccid | Should -Be '8986111873404053465d'
                    @($problems).Count | Should -Be 1
                    $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
                    $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
                }
            }
            finally {
                Pop-Location
            }
        }

        It 'writes nothing for an empty pipeline' {
            @() | Get-IotCardJournal | Should -BeNullOrEmpty
        }
    }

    Context 'automatic journals' -Skip:($IsWindows -or $IsMacOS -or $PSVersionTable.PSVersion.Major -lt 6) {
        BeforeAll {
            $before = $env:XDG_STATE_HOME
            $env:XDG_STATE_HOME = Join-Path $TestDrive 'state'
            $folder = Join-Path $env:XDG_STATE_HOME 'IotCard'
            $null = New-Item -ItemType Directory $folder
            foreach ($day in 1, 3, 2) {
                [System.IO.File]::WriteAllLines((Join-Path $folder "2026110${day}T080000000Z-1-1.jsonl"), [string[]] @(
                        (Add-Checksum '{"kind":"job","format":1,"operation":"Rebind","endpoint":"https://dyiotapi.aliyuncs.com"}')
                        (Add-Checksum ('{"iccid":"89860018521874998319","imei":"860456038157932","newImei":"490154203237518","number":1,"kind":"intent","nonce":"n","timestamp":"2026-11-0' + $day + 'T08:00:00+00:00","fingerprint":"f"}'))
                        (Add-Checksum '{"iccid":"89860219070907095849","imei":"860456038157932","newImei":"490154203237518","number":1,"kind":"outcome","outcome":"Succeeded","code":"OK","completedAt":"2026-11-23T20:04:41+00:00"}')))
            }
        }

        AfterAll {
            $env:XDG_STATE_HOME = $before
        }

        It 'are listed newest first without a path' {
            $list = Get-IotCardJournal

            $list.Started.Day | Should -Be 3, 2, 1
            $list[0].PSObject.TypeNames[0] | Should -Be 'IotCard.JournalInfo'
            $list[0].Path | Should -BeLike "$folder*20261103*"
            $list[0].Operation | Should -Be 'Rebind'
            $list[0].Succeeded, $list[0].Failed, $list[0].Unknown | Should -Be 1, 0, 1
        }

        It 'can be piped into their results' {
            $results = Get-IotCardJournal | Select-Object -First 1 | Get-IotCardJournal

            $results.Outcome | Should -Be 'Unknown', 'Succeeded'
            $results[0].Code | Should -Be 'OutcomeUnknown'
        }

        It 'are not left behind by a run that sends nothing, nor named in its warning' {
            $key = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
            $bad = [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '123' }

            $result = $bad | Remove-IotCardBinding -Credential $key -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -WarningVariable warnings

            $result.Code | Should -Be 'InvalidImei'
            $warnings | Should -BeLike 'Rows: 1. Succeeded: 0, failed: 1, unknown: 0. Sent by this run: 0, *'
            $warnings | Should -Not -MatchExactly 'Journal:'
            @(Get-IotCardJournal).Count | Should -Be 3
        }

        It 'are listed even if one of them is damaged, with an error for that one' {
            [System.IO.File]::WriteAllText((Join-Path $folder '20261104T080000000Z-1-1.jsonl'), "damage`n")

            $list = Get-IotCardJournal -ErrorAction SilentlyContinue -ErrorVariable problems

            @($list).Count | Should -Be 3
            @($problems).Count | Should -Be 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'JournalInvalid,*'
        }
    }

    Context 'docs/journal.md' {
        BeforeAll {
            $page = [System.IO.File]::ReadAllText((Join-Path $PSScriptRoot '../../docs/journal.md'))
            function Get-Code([string] $Language) {
                [regex]::Matches($page, "(?s)``````$Language\n(.*?)``````") | ForEach-Object { $_.Groups[1].Value }
            }

            $folder = Join-Path $TestDrive 'page'
            $null = New-Item -ItemType Directory $folder
            $journal = Join-Path $folder 'retire.jsonl'
        }

        BeforeEach {
            [System.IO.File]::WriteAllText($journal, (Get-Code json))
        }

        It 'shows a complete journal' {
            $read = Get-IotCardJournal $journal -ErrorAction Stop

            $read.Outcome | Should -Be 'Succeeded', 'Unknown', 'Failed'
        }

        It 'reads it in ways that work, <state>' -TestCases @(
            @{ state = 'closed'; tail = '' }
            @{ state = 'live or killed'; tail = ' ' * 16384 }
        ) {
            [System.IO.File]::AppendAllText($journal, $tail)
            $before = $env:XDG_STATE_HOME
            $env:XDG_STATE_HOME = $folder
            Push-Location $folder
            try {
                $read = Get-Content retire.jsonl | Where-Object { $_.Trim() } | ConvertFrom-Json | Where-Object kind -EQ outcome
                $read.outcome | Should -Be 'Succeeded', 'Unknown', 'Failed'

                $blocks = @(Get-Code powershell)
                $blocks.Count | Should -Be 3
                foreach ($block in $blocks) {
                    $null = & ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'; $block"))
                }

                if ((Get-Command jq, sh -CommandType Application -ErrorAction Ignore).Count -ge 2) {
                    $lines = foreach ($block in Get-Code sh) {
                        sh -e -c $block
                        $LASTEXITCODE | Should -Be 0
                    }
                    $lines.Count | Should -Be 4
                    $lines[-1] | Should -Be '89860219070907095849'
                }
            }
            finally {
                Pop-Location
                $env:XDG_STATE_HOME = $before
            }
        }
    }
}
