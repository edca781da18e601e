param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    . (Join-Path $PSScriptRoot 'Shell.ps1')
    # A background process of a script ignores SIGINT, and so do its children.
    $canInterrupt = $PSVersionTable.PSVersion.Major -ge 6 -and $IsLinux -and -not ((Get-Content "/proc/$PID/status") -match '^SigIgn:.*[2367abef]$')
}

# One list from the morning to the evening, each step in a shell of its own, as one person hands it to the next.
Describe 'A day with a list of swaps' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        . (Join-Path $PSScriptRoot 'Shell.ps1')
        $shell, [string[]] $first = Get-ShellCommand
        $work = (New-Item (Join-Path $TestDrive 'day') -ItemType Directory).FullName
        $fleet = Join-Path $work 'fleet.csv'
        $clean = 1..20 | ForEach-Object { [pscustomobject]@{ Iccid = '8986{0:d15}' -f $_; Imei = '86{0:d12}01' -f $_; NewImei = '35{0:d12}01' -f $_ } }
        $clean | Export-Csv $fleet
        # The last card is in another device than its row says.
        $clean[19].Imei = '353918052345671'
        $service = Start-Sandbox $Sandbox -Options '--fleet', "`"$fleet`"", '--outage', 'unavailable,after=8'

        function Start-Step {
            # A person's shell, in practice mode.
            param([string] $Script, [string] $Folder = $work)

            $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).ps1"
            [System.IO.File]::WriteAllText($file, "`$ProgressPreference = 'SilentlyContinue'`nImport-Module '$ModulePath'`n$Script", [System.Text.UTF8Encoding]::new($true))
            $start = [System.Diagnostics.ProcessStartInfo]::new($shell, (($first + '-NoProfile', '-NonInteractive', '-File', $file | ForEach-Object { "`"$_`"" }) -join ' '))
            $start.WorkingDirectory = $Folder
            $start.UseShellExecute = $false
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
            $start.EnvironmentVariables['IOTCARD_ENDPOINT'] = "$($service.Endpoint)"
            $start.EnvironmentVariables['ALIBABA_CLOUD_ACCESS_KEY_ID'] = 'sandbox-id'
            $start.EnvironmentVariables['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = 'sandbox-secret'
            $start.EnvironmentVariables['NO_COLOR'] = '1'
            $process = [System.Diagnostics.Process]::Start($start)
            $process.StandardInput.Close()
            $process | Add-Member Errors $process.StandardError.ReadToEndAsync() -PassThru | Add-Member Output $process.StandardOutput.ReadToEndAsync() -PassThru
        }

        function Wait-Step {
            # All that the shell has said, on one line: a console wraps.
            param($Process)

            $text = $Process.Output.Result + $Process.Errors.Result
            $Process.WaitForExit()
            $text -replace '\s+', ' '
        }

        function Invoke-Step {
            param([string] $Script, [string] $Folder = $work)

            Wait-Step (Start-Step $Script $Folder)
        }

        # How many operations were executed, by the sandbox's own record.
        function Measure-Executed {
            ((Get-SandboxLog $service).Operations | Measure-Object Executed -Sum).Sum
        }

        $where = "Practice: nothing reached the live service. Endpoint: $([uri] $service.Endpoint | ForEach-Object Authority), key sand**x-id."
        $run = 'Import-Csv clean.csv | Set-IotCardBinding -ApprovedHash (Get-Content hash.txt) -JournalPath day.jsonl -ErrorAction SilentlyContinue'
    }

    AfterAll {
        Stop-Sandbox $service
    }

    It 'looks at a list from a spreadsheet first, and sees what is wrong with it' {
        $dirty = $clean | ForEach-Object { $_.PSObject.Copy() }
        $dirty[1].Iccid = '8.98604E+19'
        $dirty[2].NewImei = '353918052345672'
        $dirty[3] = $dirty[4].PSObject.Copy()
        $dirty[5].Imei = ''
        $dirty[6].Iccid = " $($dirty[6].Iccid) "
        $dirty | Export-Csv (Join-Path $work 'dirty.csv')

        $said = Invoke-Step 'Import-Csv dirty.csv | Test-IotCardBinding | Group-Object Action, Code -NoElement | Format-Table Count, Name -HideTableHeaders'

        $said | Should -Match '16 Send'
        'SpreadsheetNumber', 'ImeiCheckDigit', 'DuplicateRow', 'InvalidImei' | ForEach-Object { $said | Should -Match "1 Refuse, $_" }
    }

    It 'has the mended list approved by its hash, and sends no other' {
        $clean | Export-Csv (Join-Path $work 'clean.csv')

        $said = Invoke-Step @"
`$summary = Import-Csv clean.csv | Test-IotCardBinding -Summary
"send `$(`$summary.Send) with `$(`$summary.AccessKeyId) at `$(`$summary.Endpoint)"
`$summary.Hash | Set-Content hash.txt
try { Import-Csv dirty.csv | Set-IotCardBinding -ApprovedHash `$summary.Hash } catch { `$_.FullyQualifiedErrorId }
Import-Csv clean.csv | Select-Object -First 1 | Set-IotCardBinding -WhatIf
"@

        $said | Should -Match "send 20 with sand\*\*x-id at $([regex]::Escape($service.Endpoint))"
        $said | Should -Match 'NotTheApprovedList,'
        $said | Should -Match 'What if: .* \(practice: 127\.0\.0\.1:\d+\)'
        (Get-SandboxLog $service).Requests | Should -Be 0
    }

    It 'is stopped with Ctrl+C while it waits for the service, and says how to go on' -Skip:(-not $canInterrupt) {
        $step = Start-Step $run
        $patience = [System.Diagnostics.Stopwatch]::StartNew()
        while ((Invoke-SandboxCall $service 'outage').OutageRequests -lt 1 -and -not $step.HasExited -and $patience.Elapsed.TotalMinutes -lt 2) { }
        kill -INT $step.Id
        $said = Wait-Step $step

        $said | Should -Match 'The run was stopped early\. Rows read: 20\. Succeeded: 8, failed or not sent: \d+, unknown: \d+\.'
        $said | Should -Match ([regex]::Escape("$where To continue, run the same line again. Journal: "))
        Measure-Executed | Should -Be 8
    }

    It 'goes on with the same line, through an outage and two lost answers' {
        $null = Invoke-SandboxCall $service 'faults' Put (@{ UpcomingByCard = @{ $clean[16].Iccid = @('CloseAfter'); $clean[17].Iccid = @('CloseAfter') } } | ConvertTo-Json -Depth 3)
        $null = Invoke-SandboxCall $service 'outage' Put (@{ Kind = 'Unavailable'; AfterExecuted = 4; Attempts = 2 } | ConvertTo-Json)

        $said = Invoke-Step "$run -Verbose | Export-Csv result.csv"

        $counts = [regex]::Match($said, 'Rows: 20\. Succeeded: 17, failed: 1, unknown: 2\. Sent by this run: (\d+), known from the journal: (\d+)\. ')
        $counts.Success | Should -BeTrue -Because $said
        [int] $counts.Groups[1].Value + [int] $counts.Groups[2].Value | Should -Be 20
        $said | Should -Match ([regex]::Escape("$where Journal: "))
        $said | Should -Not -Match 'To continue'
        @(Import-Csv (Join-Path $work 'result.csv')).Row | Should -Be (1..20)
        Measure-Executed | Should -Be 19
    }

    It 'settles from the audit trail what nobody could know' {
        $null = Invoke-SandboxCall $service 'audit' Put (@{ Delay = '00:00:00' } | ConvertTo-Json)

        $said = Invoke-Step 'Resolve-IotCardJournal day.jsonl -FromAuditTrail | ForEach-Object { "row $($_.Row): $($_.Outcome), $($_.Code)" }'

        $said | Should -Match 'row 17: Succeeded, Resolved row 18: Succeeded, Resolved'
    }

    It 'sends again nothing but the row that failed' {
        $said = Invoke-Step "$run | Where-Object Outcome -ne Succeeded | ForEach-Object { `"row `$(`$_.Row): `$(`$_.Code)`" }"

        $said | Should -Match 'row 20: isv\.ERROR_BIND_NOT_EXIST'
        $said | Should -Match 'Rows: 20\. Succeeded: 19, failed: 1, unknown: 0\. Sent by this run: 1, known from the journal: 19\. '
        Measure-Executed | Should -Be 19
    }

    It 'hands the day over as one page' {
        $null = Invoke-Step 'Export-IotCardReport day.jsonl -OutFile day.html'

        $page = Get-Content (Join-Path $work 'day.html') -Raw
        $page | Should -Match 'Rows: 20\. Succeeded: 19, failed: 1, unknown: 0\.'
        $page | Should -Match 'sand\*\*x-id'
        $page | Should -Match '(?s)audit trail shows that the operation was performed.*Event of the audit trail: \S+ \([^,]+\)\.'
        $page | Should -Match 'Practice: nothing reached the live service\.'
        $page | Should -Match ((Get-FileHash (Join-Path $work 'day.jsonl') -Algorithm SHA256).Hash)
        $page | Should -Match "<dt>Hash of the list</dt><dd>$(Get-Content (Join-Path $work 'hash.txt'))</dd>"
    }

    It 'takes three swaps back, and the list no longer says that they are done' {
        $said = Invoke-Step @"
Get-IotCardJournal day.jsonl | Where-Object { `$_.Outcome -eq 'Succeeded' -and [int] `$_.Row -le 3 } | Sort-Object { [int] `$_.Row } -Descending |
    Select-Object Iccid, Imei, @{ Name = 'NewImei'; Expression = 'PreviousImei' } |
    Set-IotCardBinding -JournalPath day.jsonl | ForEach-Object { "back: `$(`$_.Iccid) `$(`$_.Outcome)" }
$run | Group-Object Outcome, Code -NoElement | Format-Table Count, Name -HideTableHeaders
"@

        foreach ($card in $clean[0..2]) {
            $said | Should -Match "back: $($card.Iccid) Succeeded"
        }

        $said | Should -Match '3 Failed, CardChangedSince'
        Measure-Executed | Should -Be 22
    }

    It 'starts on a new disk without the journal, and sends only what is not done' {
        $disk = (New-Item (Join-Path $TestDrive 'disk') -ItemType Directory).FullName
        Copy-Item (Join-Path $work 'clean.csv') $disk

        $said = Invoke-Step -Folder $disk @'
$plan = Import-Csv clean.csv | Test-IotCardBinding -Online
$plan | Group-Object Action, Code -NoElement | Format-Table Count, Name -HideTableHeaders
$plan | Where-Object Action -eq Send | Set-IotCardBinding -JournalPath day.jsonl -Verbose
'@

        $said | Should -Match '16 Unknown, SeenInNewDevice'
        $said | Should -Match '1 Refuse, BoundElsewhere'
        $said | Should -Match 'Rows: 3\. Succeeded: 3, failed: 0, unknown: 0\. Sent by this run: 3, known from the journal: 0\. '
        Measure-Executed | Should -Be 25
    }
}
