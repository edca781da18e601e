param([string] $ModulePath, [string] $Sandbox)

Describe 'Register-IotCardDevice' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')
    }

    AfterAll {
        Stop-SandboxSession
    }

    It 'sends nothing under -WhatIf' {
        Register-IotCardDevice 861762042456544 -WhatIf | Should -BeNullOrEmpty

        Test-IotCardDevice 861762042456544 -Quiet | Should -BeFalse
    }

    It 'uploads a device, and again without harm' {
        $first = Register-IotCardDevice 861762042456544 -DeviceType meter -Comments hall -Confirm:$false
        $again = Register-IotCardDevice 861762042456544 -Confirm:$false

        $first.PSObject.TypeNames[0] | Should -Be 'IotCard.DeviceRegistration'
        $first.Outcome, $first.Code, $first.DeviceType, $first.Comments | Should -Be 'Succeeded', 'OK', 'meter', 'hall'
        $again.Outcome | Should -Be 'Succeeded'
        Test-IotCardDevice 861762042456544 -Quiet | Should -BeTrue
    }

    It 'accepts the new devices of a list, with its columns' {
        $row = [pscustomobject]@{ Imei = '860456038157932'; NewImei = '353918052345671'; DeviceType = 'lock' }

        $result = $row | Register-IotCardDevice -Confirm:$false

        $result.Imei, $result.DeviceType | Should -Be '353918052345671', 'lock'
    }

    It 'writes a result and an error for a device that was not uploaded' {
        $nobody = @{ Endpoint = 'http://127.0.0.1:1'; MaximumRetryCount = 0; OutageTimeoutSec = 0; Confirm = $false }

        $result = Register-IotCardDevice 860456038157932 @nobody -ErrorAction SilentlyContinue -ErrorVariable problems

        $result.Outcome, $result.Code | Should -Be 'Failed', 'ConnectionFailed'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ConnectionFailed,*'
    }
}
