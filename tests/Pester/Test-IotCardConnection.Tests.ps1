param([string] $ModulePath, [string] $Sandbox)

Describe 'Test-IotCardConnection' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')
    }

    AfterAll {
        Stop-SandboxSession
    }

    It 'reports with one request that the service accepts the credential' {
        Clear-ServiceLog
        $connection = Test-IotCardConnection

        $connection.PSObject.TypeNames[0] | Should -Be 'IotCard.ConnectionInfo'
        $connection.IsAccepted, $connection.Code | Should -Be $true, 'OK'
        $connection.Latency | Should -BeGreaterThan 0
        $connection | ConvertTo-Json | Should -Match '"Latency": \d+\.\d+,\s+"ClockOffset": 0(\.0)?,'
        $connection | ConvertTo-Csv | Select-Object -Last 1 | Should -Match ',"\d+\.\d+","0",'
        $connection.AccessKeyId | Should -Not -Be 'sandbox-id'
        (Get-ServiceLog).Requests | Should -Be 1
    }

    It 'reports a wrong secret, with a recommended action and without the secret' {
        $wrong = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'a-wrong-secret' -AsPlainText -Force))

        $connection = Test-IotCardConnection -Credential $wrong -ErrorAction SilentlyContinue -ErrorVariable problems

        $connection.IsAccepted, $connection.Code | Should -Be $false, 'SignatureDoesNotMatch'
        $problems[0].FullyQualifiedErrorId | Should -Be 'SignatureDoesNotMatch,IotCard.Commands.TestIotCardConnectionCommand'
        $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($connection, $problems | Format-List * -Force | Out-String) | Should -Not -Match 'a-wrong-secret'
    }

    It 'writes only True or False with -Quiet' {
        Test-IotCardConnection -Quiet | Should -BeTrue
        Test-IotCardConnection -Quiet -Endpoint http://127.0.0.1:1 -ErrorAction Stop | Should -BeFalse
    }

    It 'says why if nothing listens' {
        $connection = Test-IotCardConnection -Endpoint http://127.0.0.1:1 -ErrorAction SilentlyContinue

        $connection.Code | Should -Be 'ConnectionFailed'
    }

    It 'refuses an endpoint that is not safe' {
        { Test-IotCardConnection -Endpoint http://example.com } | Should -Throw -ErrorId 'InvalidEndpoint,*'
    }

    It 'says whether the key may look events up' {
        $info = Test-IotCardConnection -AuditTrail

        $info.IsAccepted, $info.Code | Should -Be $true, 'OK'
        Test-IotCardConnection -AuditTrail -Quiet | Should -BeTrue
        Test-IotCardConnection -AuditTrail -Quiet -Credential ([pscredential]::new('nobody', (ConvertTo-SecureString 'x' -AsPlainText -Force))) | Should -BeFalse
    }
}
