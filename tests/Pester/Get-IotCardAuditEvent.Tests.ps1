param([string] $ModulePath, [string] $Sandbox)

Describe 'Get-IotCardAuditEvent' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')
        $rows = '89860018521874998319,860456038157932', '89860219070907095849,861762040877246', '89860721788800332727,999999999999999' |
            ConvertFrom-Csv -Header Iccid, Imei
        $null = $rows | Remove-IotCardBinding -NoJournal -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue

        function Set-AuditTrail([hashtable] $Switches = @{}) {
            $null = Invoke-SandboxCall $service 'audit' Put (@{ Delay = '00:00:00' } + $Switches | ConvertTo-Json)
        }
    }

    BeforeEach {
        Set-AuditTrail
    }

    AfterAll {
        Stop-SandboxSession
    }

    It 'lists what arrived, newest first, with what it proves' {
        $events = Get-IotCardAuditEvent

        $events[0].PSObject.TypeNames | Should -Contain 'IotCard.AuditEvent'
        $events.Count | Should -Be 3
        $events.Time | Should -Be ($events.Time | Sort-Object -Descending)
        ($events | Where-Object Iccid -EQ 89860018521874998319).Proves | Should -Be 'Executed'
        ($events | Where-Object Iccid -EQ 89860721788800332727).ErrorCode | Should -Be 'isv.ERROR_BIND_NOT_EXIST'
        ($events | Where-Object Iccid -EQ 89860721788800332727).Proves | Should -Be 'Unclear'
        $events.Nonce | ForEach-Object { $_ | Should -Match '^[0-9a-f]{32}$' }
        $events.AccessKeyId | Select-Object -Unique | Should -Be 'sand**x-id'
    }

    It 'lists those of the cards that are piped in' {
        ($rows | Select-Object -First 2 | Get-IotCardAuditEvent).Iccid | Sort-Object | Should -Be $rows[0, 1].Iccid
    }

    It 'lists those of an ICCID that is piped in as text, and none if nothing is piped in' {
        ($rows[0].Iccid | Get-IotCardAuditEvent).Iccid | Should -Be $rows[0].Iccid
        @() | Get-IotCardAuditEvent | Should -BeNullOrEmpty
    }

    It 'lists those of a device' {
        (Get-IotCardAuditEvent -Imei 861762040877246).Iccid | Should -Be '89860219070907095849'
    }

    It 'says that some events do not show their card' {
        Set-AuditTrail @{ Parameters = 'Starred' }

        Get-IotCardAuditEvent 89860018521874998319 -WarningVariable hidden -WarningAction SilentlyContinue | Should -BeNullOrEmpty

        $hidden | Should -Match '^3 '
    }

    It 'tells an empty trail from a refusal' {
        Set-AuditTrail @{ IsEmpty = $true }

        Get-IotCardAuditEvent -ErrorVariable problems | Should -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        { Get-IotCardAuditEvent -Credential ([pscredential]::new('nobody', (ConvertTo-SecureString 'x' -AsPlainText -Force))) } |
            Should -Throw -ErrorId 'InvalidAccessKeyId.NotFound,*'
    }

    It 'refuses a time that the trail cannot have, and no card at all is not every card' {
        { Get-IotCardAuditEvent -After (Get-Date).AddDays(-91) } | Should -Throw -ErrorId 'InvalidTimeSpan,*'
        { Get-IotCardAuditEvent -After (Get-Date) -Before (Get-Date).AddDays(-1) } | Should -Throw -ErrorId 'InvalidTimeSpan,*'
        Get-IotCardAuditEvent 123 -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidIccid,*'
    }

    It 'refuses what is no region' {
        $PSDefaultParameterValues.Remove('*-IotCard*:Endpoint')
        try {
            { Get-IotCardAuditEvent -Region 'cn-hangzhou.example.com/' } | Should -Throw -ErrorId 'InvalidRegion,*'
        }
        finally {
            $PSDefaultParameterValues['*-IotCard*:Endpoint'] = $service.Endpoint
        }
    }
}
