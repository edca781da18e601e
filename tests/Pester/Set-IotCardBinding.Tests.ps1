param([string] $ModulePath, [string] $Sandbox)

BeforeDiscovery {
    $headers = @(
        @{ Headers = 'Iccid,Imei,NewImei' }
        @{ Headers = 'ICCID,CURRENTIMEI,targetimei' }
        @{ Headers = 'Iccid,设备IMEI,新设备IMEI' }
    )
}

Describe 'Set-IotCardBinding' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $card = '89860018521874998319'
        $device = '860456038157932'
        $newDevice = '353918052345671'
    }

    BeforeEach {
        $service = Start-DefaultSandbox $Sandbox
    }

    AfterEach {
        Stop-DefaultSandbox $service
    }

    AfterAll {
        Remove-Module IotCard
    }

    It 'rebinds from a CSV with the headers <Headers>, with a byte order mark' -ForEach $headers {
        $csv = Join-Path $TestDrive 'cards.csv'
        [System.IO.File]::WriteAllText($csv, "$Headers`n$card,$device,$newDevice`n", [System.Text.UTF8Encoding]::new($true))

        $result = Import-Csv $csv | Set-IotCardBinding

        $result.Outcome | Should -Be 'Succeeded'
        $result.Imei | Should -Be $newDevice
        $result.PreviousImei | Should -Be $device
    }

    It 'accepts a list with Chinese headers from Excel, and says how to read it if it was read wrongly' {
        if ($PSEdition -ne 'Core') {
            Set-ItResult -Skipped -Because 'Windows PowerShell reads such a file by its own code page'
        }

        $csv = Join-Path $TestDrive 'excel.csv'
        "Iccid,设备IMEI,新设备IMEI", "$card,$device,$newDevice" | Set-Content $csv -Encoding gb18030

        $problem = { Import-Csv $csv | Set-IotCardBinding } | Should -Throw -ErrorId 'MissingColumn,*' -PassThru
        $result = Import-Csv $csv -Encoding gb18030 | Set-IotCardBinding

        $problem.Exception.Message | Should -BeLike '*-Encoding gb18030*'
        $result.Outcome | Should -Be 'Succeeded'
    }

    It 'refuses a CSV with a wrong column in one error, and says which column is missing' {
        $csv = Join-Path $TestDrive 'wrong.csv'
        Set-Content $csv "Iccid,Imei,NewIMEI2`n$card,$device,$newDevice"

        $problem = { Import-Csv $csv | Set-IotCardBinding } | Should -Throw -ErrorId 'MissingColumn,*' -PassThru

        $problem.Exception.Message | Should -BeLike '*lacks NewImei*NewIMEI2*'
    }

    It 'has nothing to do for an empty CSV' {
        $csv = Join-Path $TestDrive 'empty.csv'
        Set-Content $csv 'Iccid,Imei,NewImei'

        Import-Csv $csv | Set-IotCardBinding -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
    }

    It 'writes results that can be exported to a CSV and imported as rows' {
        $csv = Join-Path $TestDrive 'result.csv'
        [pscustomobject]@{ Iccid = $card; Imei = $device; NewImei = $newDevice } | Set-IotCardBinding | Export-Csv $csv

        $result = Import-Csv $csv | Remove-IotCardBinding -Confirm:$false

        $result.Outcome | Should -Be 'Succeeded'
        $result.PreviousImei | Should -Be $newDevice
    }

    It 'changes nothing under -WhatIf' {
        $row = [pscustomobject]@{ Iccid = $card; Imei = $device; NewImei = $newDevice }

        $row | Set-IotCardBinding -WhatIf | Should -BeNullOrEmpty
        ($row | Set-IotCardBinding).Attempts | Should -Be 1
    }

    It 'stops soon after the first result that Select-Object wants' {
        $slow = Start-Sandbox $Sandbox -Latency 200
        $PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $slow.Endpoint
        try {
            $rows = @(
                [pscustomobject]@{ Iccid = $card; Imei = $device; NewImei = $newDevice }
                [pscustomobject]@{ Iccid = '898604201518649757A6'; Imei = '356893113596553'; NewImei = '867044051754489' }
                [pscustomobject]@{ Iccid = '89860721788800332727'; Imei = '868019046315868'; NewImei = '863588029035177' }
                [pscustomobject]@{ Iccid = '89860924576970688902'; Imei = '860456034473796'; NewImei = '861762047193100' }
                [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '861762040877246'; NewImei = '490154203237518' }
            )

            $first = $rows | Set-IotCardBinding -ThrottleLimit 1 | Select-Object -First 1
            $last = $rows[-1] | Set-IotCardBinding

            $first.Iccid | Should -Be $card
            $last.Outcome | Should -Be 'Succeeded'
            $last.PreviousImei | Should -Be '861762040877246'
        }
        finally {
            Stop-Sandbox $slow
        }
    }
}
