param([string] $ModulePath, [string] $Sandbox)

Describe 'Get-IotCard' {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Service.ps1')
    }

    AfterAll {
        Stop-SandboxSession
    }

    It 'describes a card, with its state by name and by number' {
        $card = Get-IotCard 89860018521874998319

        $card.PSObject.TypeNames[0] | Should -Be 'IotCard.Card'
        $card.Iccid, $card.Imei, $card.Status, $card.StatusCode, $card.Carrier | Should -Be '89860018521874998319', '860456038157932', 'InUse', 30, 'CMCC'
        $card.ActivatedAt | Should -Be '2021-06-15 14:30:00'
        $card.InstanceId | Should -Not -BeNullOrEmpty
    }

    It 'finds a closed card' {
        $card = Get-IotCard 89860918136611157870

        $card.Status, $card.StatusCode, $card.Imei | Should -Be 'Closed', 50, $null
    }

    It 'names the state <status>' -TestCases @(
        @{ iccid = '89860021874619035276'; status = 'Testable' }
        @{ iccid = '89860322971504683198'; status = 'Unused' }
        @{ iccid = '89860423650192748368'; status = 'Stopped' }
        @{ iccid = '89860624713802951645'; status = 'ShutDown' }
    ) {
        $card = Get-IotCard $iccid

        $card.Status | Should -Be $status
        $card.StatusText | Should -Not -BeNullOrEmpty
        $card.StatusDetail | Should -Not -BeNullOrEmpty
    }

    It 'keeps the input order, and one bad card stops no other' {
        $rows = '89860018521874998319', '123', '89860319798073650091', '89860918136611157870', '8986111873404053465d' |
            ForEach-Object { [pscustomobject]@{ Iccid = $_; Imei = 'anything' } }

        $cards = $rows | Get-IotCard -ThrottleLimit 16 -ErrorAction SilentlyContinue -ErrorVariable problems

        $cards.Iccid | Should -Be '89860018521874998319', '89860918136611157870', '8986111873404053465d'
        $problems.FullyQualifiedErrorId | Should -Be 'InvalidIccid,IotCard.Commands.GetIotCardCommand', 'isv.IOT_RES_NOT_EXIST,IotCard.Commands.GetIotCardCommand'
        $problems[1].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problems[1].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'says what to do about a number that a spreadsheet has rounded' {
        Get-IotCard 89860012345678900000 -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty

        $problems[0].FullyQualifiedErrorId | Should -BeLike 'isv.IOT_RES_NOT_EXIST,*'
        $problems[0].ErrorDetails.RecommendedAction | Should -Match '89860012345678900000'
    }

    It 'takes an ICCID that is piped in as <Name>' -ForEach @(
        @{ Name = 'text'; Value = '8986062308750977240' }
        @{ Name = 'a number'; Value = 8986062308750977240 }
        @{ Name = 'a property'; Value = [pscustomobject]@{ Iccid = '8986062308750977240' } }
        @{ Name = 'a property with a number'; Value = [pscustomobject]@{ Iccid = 8986062308750977240 } }
    ) {
        ($Value | Get-IotCard).Iccid | Should -Be '8986062308750977240'
    }

    It 'never uses a whole object as a card' {
        { [pscustomobject]@{ Card = '89860018521874998319' } | Get-IotCard -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
        { Get-IotCard ([pscustomobject]@{ Card = '89860018521874998319' }) } | Should -Throw '*neither text nor a number*'
    }

    It 'retries after a lost response and after throttling' {
        Clear-ServiceLog
        Set-ServiceFault @{ Upcoming = @('CloseAfter', 'ServiceUnavailable', 'Throttling'); Hint = '00:00:00.1000000' }

        (Get-IotCard 89860018521874998319).Status | Should -Be 'InUse'

        (Get-ServiceLog).Requests | Should -Be 4
    }

    It 'stops after one request if the key is wrong, and says so for every row' {
        Clear-ServiceLog
        $wrong = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'wrong' -AsPlainText -Force))

        '89860018521874998319', '89860219070907095849' | ForEach-Object { [pscustomobject]@{ Iccid = $_ } } |
            Get-IotCard -Credential $wrong -ErrorAction SilentlyContinue -ErrorVariable problems | Should -BeNullOrEmpty

        ($problems.FullyQualifiedErrorId -replace ',.*') | Sort-Object | Should -Be 'NotSent', 'SignatureDoesNotMatch'
        (Get-ServiceLog).Requests | Should -Be 1
    }

    It 'completes -Endpoint with the address of its own product' {
        (TabExpansion2 'Get-IotCard -Endpoint https' 27).CompletionMatches.CompletionText | Should -Be 'https://linkcard.aliyuncs.com'
    }

    It 'stops with the pipeline' {
        $rows = 1..50 | ForEach-Object { [pscustomobject]@{ Iccid = '89860018521874998319' } }

        ($rows | Get-IotCard -RequestsPerSecond 10000 | Select-Object -First 1).Status | Should -Be 'InUse'
    }
}
