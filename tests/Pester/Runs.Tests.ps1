param([string] $ModulePath, [string] $Sandbox)

Describe 'A run over a fleet' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $password = ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force
        $PSDefaultParameterValues['*-IotCardBinding:Credential'] = [pscredential]::new('sandbox-id', $password)
        $PSDefaultParameterValues['*-IotCardBinding:Confirm'] = $false
        $PSDefaultParameterValues['*-IotCardBinding:WarningAction'] = 'SilentlyContinue'

        function Start-Fleet {
            param([int] $Count, [string[]] $Options = @(), [int] $Latency = 0)

            $list = Join-Path $TestDrive "$([guid]::NewGuid().ToString('n')).csv"
            $script:rows = New-FleetCsv $list $Count
            $script:service = Start-Sandbox $Sandbox -Latency $Latency -Options (@('--fleet', $list) + $Options)
            $PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $service.Endpoint
        }

        # The cards that the sandbox has closed.
        function Get-Closed {
            (Get-SandboxLog $service).Operations | Where-Object Executed -GT 0 | ForEach-Object Iccid
        }

        # The automatic journal of the last run against this sandbox.
        function Get-LastJournal {
            Get-IotCardJournal | Where-Object { $_.Endpoint -eq $service.Endpoint } | Select-Object -First 1 | Get-IotCardJournal
        }
    }

    AfterEach {
        Stop-Sandbox $service
    }

    AfterAll {
        $PSDefaultParameterValues.Clear()
        Remove-Module IotCard
    }

    It 'ends under -ErrorAction Stop when <Name>, shows that failure, and has a result for every row it read' -ForEach @(
        @{ Name = 'a row among ordinary ones has a bad IMEI'; Row = 10; Change = { $rows[10].Imei = '123' }; Id = 'InvalidImei'; Options = @() }
        @{ Name = 'a card is in the list twice'; Row = 3; Change = { $rows[3].Iccid = $rows[2].Iccid; $rows[3].Imei = $rows[2].Imei }; Id = 'DuplicateRow'; Options = @() }
        @{ Name = 'requests are throttled before the failing one'; Row = 4; Change = { $rows[4].Imei = '490154203237518' }; Id = 'isv.ERROR_BIND_NOT_EXIST'; Options = @('--fault', 'ThrottlingUser=0.2') }
    ) {
        Start-Fleet 20 $Options
        . $Change

        $results = [System.Collections.Generic.List[object]]::new()
        { $rows | Remove-IotCardBinding -ErrorAction Stop | ForEach-Object { $results.Add($_) } } |
            Should -Throw -ErrorId "$Id,*"

        $results.Row | Should -Be @(1..$results.Count)
        $results.Count | Should -BeGreaterThan $Row
        @($results | Where-Object Outcome -EQ Succeeded).Count | Should -Be @(Get-Closed).Count
    }

    It 'sends nothing when the source of the rows fails, for the whole list comes first' {
        Start-Fleet 20

        $source = { $rows | ForEach-Object { if ($_ -eq $rows[15]) { throw 'upstream' }; $_ } }
        { & $source | Remove-IotCardBinding } | Should -Throw 'upstream'

        @(Get-Closed) | Should -BeNullOrEmpty
    }

    It 'accounts for every card when only the first result is taken' {
        Start-Fleet 2000 -Latency 5

        $null = $rows | Remove-IotCardBinding -ThrottleLimit 16 | Select-Object -First 1

        $closed = @(Get-Closed)
        $recorded = Get-LastJournal

        $closed.Count | Should -BeGreaterThan 0
        $closed.Count | Should -BeLessThan 2000
        Compare-Object $closed @($recorded | Where-Object Outcome -NE Failed | ForEach-Object Iccid) |
            Where-Object SideIndicator -EQ '<=' | Should -BeNullOrEmpty
        Compare-Object $closed @($recorded | Where-Object Outcome -EQ Succeeded | ForEach-Object Iccid) |
            Where-Object SideIndicator -EQ '=>' | Should -BeNullOrEmpty
    }

    It 'accounts for every card after Ctrl+C' {
        # However slow the test is, the run has not ended by then: it waits for the service.
        Start-Fleet 2000 -Latency 5 -Options '--outage', 'unavailable,after=1000'
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
                param($ModulePath, $Rows, $Endpoint, [pscredential] $Key)

                Import-Module $ModulePath
                $Rows | Remove-IotCardBinding -Endpoint $Endpoint -Credential $Key -Confirm:$false -ThrottleLimit 16
            }).AddParameters(@{
                ModulePath = $ModulePath
                Rows = $rows
                Endpoint = $service.Endpoint
                Key = $PSDefaultParameterValues['*-IotCardBinding:Credential']
            })
        $running = $shell.BeginInvoke()
        foreach ($look in 1..1000) {
            if (@(Get-Closed).Count -ge 50) {
                break
            }
        }

        $shell.Stop()
        { $shell.EndInvoke($running) } | Should -Throw
        $shell.Dispose()

        $closed = @(Get-Closed)
        $recorded = Get-LastJournal
        $closed.Count | Should -BeLessThan 2000
        Compare-Object $closed @($recorded | Where-Object Outcome -NE Failed | ForEach-Object Iccid) |
            Where-Object SideIndicator -EQ '<=' | Should -BeNullOrEmpty
    }

    It 'has every row succeed once a service that was <Kind> comes back' -ForEach @(
        @{ Kind = 'Reset' }
        @{ Kind = 'Unavailable' }
    ) {
        Start-Fleet 600 @('--outage', "$Kind,after=200,attempts=34")

        $results = $rows | Remove-IotCardBinding -ThrottleLimit 32

        $results.Count | Should -Be 600
        @($results | Where-Object Outcome -NE Succeeded) | Should -BeNullOrEmpty
        @(Get-Closed).Count | Should -Be 600
    }

    It 'refuses a whole file that has <Name>, and says what to do' -ForEach @(
        @{ Name = 'another delimiter'; Text = "Iccid;Imei`n{0};{1}"; Says = '*-Delimiter*' }
        @{ Name = 'another column'; Text = "Card,Imei`n{0},{1}"; Says = '*Card, Imei*' }
    ) {
        Start-Fleet 1

        $list = $Text -f $rows[0].Iccid, $rows[0].Imei | ConvertFrom-Csv
        { $list | Remove-IotCardBinding } | Should -Throw $Says -ErrorId 'MissingColumn,*'

        @(Get-Closed).Count | Should -Be 0
    }

    It 'skips a blank line at the end, and none in the middle' {
        Start-Fleet 2

        $results = "Iccid,Imei`n$($rows[0].Iccid),$($rows[0].Imei)`n,`n$($rows[1].Iccid),$($rows[1].Imei)`n,`n," | ConvertFrom-Csv |
            Remove-IotCardBinding -ErrorAction SilentlyContinue -Verbose 4>&1
        $remarks, $results = $results.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')

        $results.Code | Should -Be 'OK', 'InvalidIccid', 'OK'
        $results.Row | Should -Be 1, 2, 3
        $remarks.Message -like 'Row * is blank and was skipped.' | Should -Be 'Row 4 is blank and was skipped.'
    }

    It 'reads the text form in which Excel exports an identifier' {
        Start-Fleet 1

        $results = [pscustomobject]@{ Iccid = "=`"$($rows[0].Iccid)`""; Imei = "=`"$($rows[0].Imei)`"" } | Remove-IotCardBinding

        $results.Outcome | Should -Be 'Succeeded'
        $results.Iccid | Should -Be $rows[0].Iccid
    }

    It 'has outcomes that equal their names after <Name>, and repeats no unknown one' -ForEach @(
        @{ Name = 'Export-Csv'; Export = { $results | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Name = 'Export-Clixml'; Export = { $results | Export-Clixml TestDrive:/r.xml; Import-Clixml TestDrive:/r.xml } }
        @{ Name = 'ConvertTo-Json'; Export = { $results | ConvertTo-Json | ConvertFrom-Json } }
        @{ Name = 'a job'; Export = { Start-Job { $using:results } | Receive-Job -Wait -AutoRemoveJob } }
    ) {
        Start-Fleet 3 @('--fault', 'OkWithoutResult=1')
        $results = $rows | Remove-IotCardBinding -ErrorAction SilentlyContinue

        $again = @(. $Export)
        @($again | Where-Object Outcome -EQ Unknown).Count | Should -Be 3
        @($again | Where-Object Operation -EQ Unbind).Count | Should -Be 3
        $refused = $again | Remove-IotCardBinding -ErrorAction SilentlyContinue
        $refused.Code | Should -Be (@('PriorOutcomeUnknown') * 3)
    }
}
