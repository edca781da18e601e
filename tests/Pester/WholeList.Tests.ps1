param([string] $ModulePath, [string] $Sandbox)

# One list with every kind of dirt, planned by the check, by the dry run, and by the run itself.
Describe 'A list of 3,000 rows' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $fleet = Join-Path $TestDrive 'fleet.csv'
        $cards = @(New-FleetCsv $fleet 3000)
        $service = Start-Sandbox $Sandbox -Options "--fleet `"$fleet`""
        $PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $service.Endpoint
        $PSDefaultParameterValues['*-IotCardBinding:Credential'] = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))

        function Get-Clean {
            $n = 0
            foreach ($card in $cards) {
                $n++
                [pscustomobject]@{ Iccid = $card.Iccid; Imei = $card.Imei; NewImei = '35{0:d12}01' -f $n; Site = "site $n" }
            }
        }

        function Get-Dirty {
            $rows = @(Get-Clean)
            $rows[10].Iccid = '8.98604E+19'
            $rows[20].Iccid = '89860412345678900000'
            $rows[30].Iccid = $rows[30].Iccid -replace '0(?=\d{5}$)', 'O'
            $rows[40].Iccid += 'F'
            $rows[50].Iccid = ' ' + $rows[50].Iccid + ' '
            $rows[60].Iccid = "'" + $rows[60].Iccid
            $rows[70].Iccid = '="' + $rows[70].Iccid + '"'
            $rows[80].Iccid = ''
            $rows[90].Imei = '12345678901237'
            $rows[100].Imei = $rows[100].Imei + '.0'
            $rows[110].Imei = [string][char]0xFF18 + $rows[110].Imei.Substring(1)
            $rows[120].Imei = '8.6E+14'
            $rows[130].NewImei = $rows[130].Imei
            $rows[140].NewImei = '353918052345672'
            $rows[150].NewImei = 'O' + $rows[150].NewImei.Substring(1)
            $rows[160].NewImei = $null
            $rows[170] = $rows[171].PSObject.Copy()
            $rows[180].NewImei = $rows[181].NewImei
            $rows[190].Imei = $rows[191].Imei
            $rows[200].Iccid = $rows[201].Iccid
            $rows[210] = [pscustomobject]@{ Iccid = $rows[210].Iccid; Imei = $rows[210].Imei; Site = 'no new device' }
            $rows[220] | Add-Member 'New IMEI' '353918052345671'
            $rows[230] | Add-Member Outcome 'Unknown'
            $rows[240] = @{ Iccid = $rows[240].Iccid; Imei = $rows[240].Imei; NewImei = $rows[240].NewImei }
            $rows[250] = 'a line of text'
            $rows[260] = [pscustomobject]@{ Iccid = $rows[260].Iccid; NewImei = $rows[260].NewImei } | Add-Member ScriptProperty Imei { throw 'no such device' } -PassThru
            $rows[270].PSObject.Properties.Remove('NewImei')
            $rows[270] | Add-Member new_imei '3500000099999901'
            $rows[280].NewImei = ''
            $rows[280] | Add-Member TargetImei '3500000088888801'
            $rows
        }

        function Format-Refusal($Rows) {
            $Rows | ForEach-Object { "$($_.Row) $($_.Code)" }
        }
    }

    AfterAll {
        $PSDefaultParameterValues.Clear()
        Stop-Sandbox $service
        Remove-Module IotCard
    }

    It 'is refused in the same rows, for the same reasons, by Test-IotCardBinding, by -WhatIf and by the run' {
        $checked = Get-Dirty | Test-IotCardBinding | Where-Object Action -NotIn Send
        $shown = Get-Dirty | Set-IotCardBinding -WhatIf -ErrorAction SilentlyContinue -InformationAction Ignore 6>$null
        (Get-SandboxLog $service).Requests | Should -Be 0

        $done = Get-Dirty | Set-IotCardBinding -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -ThrottleLimit 32
        $refused = $done | Where-Object { $_.Attempts -eq 0 }

        $done.Row | Should -Be (1..3000)
        Format-Refusal $shown | Should -Be (Format-Refusal $checked)
        Format-Refusal $refused | Should -Be (Format-Refusal $checked)
        @($checked).Count | Should -Be 26
        ($checked | Group-Object Code -NoElement | Sort-Object Name).Name | Should -Be @(
            'AmbiguousColumn', 'CardTwice', 'DeviceTwice', 'DuplicateRow', 'ImeiCheckDigit', 'InvalidIccid', 'InvalidImei', 'LeadingZeroLost'
            'MissingColumn', 'PriorOutcomeUnknown', 'SameImei', 'SpreadsheetNumber', 'SpreadsheetRounded', 'UnreadableColumn')
        ($done | Where-Object { $_.Attempts -gt 0 }).Outcome | Select-Object -Unique | Should -Be 'Succeeded'
    }

    It 'closes the accounts only of rows that name no other device' {
        $results = Get-Dirty | Remove-IotCardBinding -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue

        $results.Row | Should -Be (1..3000)
        ($results | Where-Object { $_.Attempts -gt 0 }).Row | Should -Be 131, 161, 211
    }
}
