param([string] $ModulePath, [string] $Sandbox)

Describe 'Remove-IotCardBinding' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $rows = @(
            [pscustomobject]@{ Iccid = '89860018521874998319'; Imei = '860456038157932' }
            [pscustomobject]@{ Iccid = '89860219070907095849'; Imei = '490154203237518' }
            [pscustomobject]@{ Iccid = '898604201518649757A6'; Imei = '356893113596553' }
        )
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

    It 'unbinds every card it can, and writes one result for each row' {
        $result = $rows | Remove-IotCardBinding -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems

        $result.Outcome | Should -Be 'Succeeded', 'Failed', 'Succeeded'
        $problems.FullyQualifiedErrorId | Should -BeLike 'isv.ERROR_BIND_NOT_EXIST,*'
        $problems.TargetObject | Should -Be $result[1]
    }

    It 'fails without -Confirm:$false in a session that cannot prompt' {
        { $rows[0] | Remove-IotCardBinding } | Should -Throw
        ($rows[0] | Remove-IotCardBinding -Confirm:$false).Outcome | Should -Be 'Succeeded'
    }

    It 'does nothing under $WhatIfPreference' {
        $WhatIfPreference = $true
        $rows | Remove-IotCardBinding -Confirm:$false | Should -BeNullOrEmpty
        $WhatIfPreference = $false

        ($rows[0] | Remove-IotCardBinding -Confirm:$false).Outcome | Should -Be 'Succeeded'
    }

    It 'uses the credential of the environment' {
        $PSDefaultParameterValues.Remove('*-IotCardBinding:Credential')
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
        try {
            ($rows[0] | Remove-IotCardBinding -Confirm:$false).Outcome | Should -Be 'Succeeded'
        }
        finally {
            $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $null
            $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $null
        }
    }
}
