param([string] $ModulePath, [string] $Sandbox)

Describe 'Get-IotCardCredential' {
    BeforeAll {
        Import-Module $ModulePath -Force
    }

    AfterEach {
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = $null
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = $null
    }

    AfterAll {
        Remove-Module IotCard
    }

    It 'shows where the credential comes from, but no secret' {
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'LTAI-acceptance-test'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'a-secret-to-keep'

        $found = Get-IotCardCredential

        $found.AccessKeyId | Should -BeLike 'LTAI*test'
        $found.AccessKeyId | Should -Not -Be 'LTAI-acceptance-test'
        ($found | Format-List * | Out-String) + ($found | ConvertTo-Json -Depth 5) | Should -Not -Match 'a-secret-to-keep'
    }

    It 'writes an error for a profile that does not exist' {
        { Get-IotCardCredential -ProfileName 'no such profile' } | Should -Throw -ErrorId '*,IotCard.Commands.GetIotCardCredentialCommand'
    }
}
