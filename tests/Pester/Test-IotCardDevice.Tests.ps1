param([string] $ModulePath, [string] $Sandbox)

Describe 'Test-IotCardDevice' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')
    }

    AfterAll {
        Stop-SandboxSession
    }

    It 'distinguishes a known device from one that was never uploaded' {
        $devices = Test-IotCardDevice 860456038157932, 861762042456544

        $devices[0].PSObject.TypeNames[0] | Should -Be 'IotCard.DeviceCheck'
        $devices.Imei | Should -Be '860456038157932', '861762042456544'
        $devices.IsKnown | Should -Be $true, $false
        Test-IotCardDevice 861762042456544 -Quiet | Should -BeFalse
    }

    It 'accepts a list of rebinds, and tests the new devices' {
        $rows = [pscustomobject]@{ Iccid = '1'; Imei = '860456038157932'; NewImei = '861762042456544' },
        [pscustomobject]@{ Iccid = '1'; CurrentImei = '861762042456544'; TargetImei = '860456038157932' },
        [pscustomobject]@{ Imei = '861762042456544'; NewImei = '' }

        ($rows | Test-IotCardDevice).Imei | Should -Be '861762042456544', '860456038157932', '861762042456544'
    }

    It 'takes IMEIs as plain text, which the command that uploads does not' {
        ('860456038157932', '861762042456544' | Test-IotCardDevice).IsKnown | Should -Be $true, $false
        { '861762042456544' | Register-IotCardDevice -Confirm:$false -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
    }

    It 'refuses "<imei>" as <id>, in order' -TestCases @(
        @{ imei = ''; id = 'InvalidImei' }
        @{ imei = '12345'; id = 'InvalidImei' }
        @{ imei = '4.90154E+14'; id = 'SpreadsheetNumber' }
    ) {
        $devices = $imei, '860456038157932' | ForEach-Object { [pscustomobject]@{ Imei = $_ } } |
            Test-IotCardDevice -ErrorAction SilentlyContinue -ErrorVariable problems

        $devices.Imei | Should -Be '860456038157932'
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$id,*"
    }
}
