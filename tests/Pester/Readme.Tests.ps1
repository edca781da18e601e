param([string] $ModulePath, [string] $Sandbox)

Describe 'The first session of <Page>' -ForEach @(
    @{ Page = 'README.md' }
    @{ Page = 'README.zh-CN.md' }
) {
    BeforeAll {
        . (Join-Path $PSScriptRoot 'Sandbox.ps1')
        Import-Module $ModulePath -Force
        $root = Join-Path $PSScriptRoot '../..'
        $text = Get-Content (Join-Path $root $Page) -Raw -Encoding utf8
        $blocks = [regex]::Matches($text, '(?s)```powershell\r?\n(.*?)\r?\n```') | ForEach-Object { $_.Groups[1].Value }
        $session = @($blocks) -like '*docs/examples/cards.csv*'
        $work = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        $null = New-Item (Join-Path $work 'docs/examples') -ItemType Directory
        Copy-Item (Join-Path $root 'docs/examples/cards.csv') (Join-Path $work 'docs/examples')
        Push-Location $work
        $service = Start-Sandbox $Sandbox
        $env:IOTCARD_ENDPOINT = $service.Endpoint
        $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
        $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
    }

    AfterAll {
        Stop-Sandbox $service
        'IOTCARD_ENDPOINT', 'ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET' | ForEach-Object { Set-Item "env:$_" $null }
        Pop-Location
        Remove-Module IotCard
    }

    It 'checks the list, runs it, and sends nothing again the second time' {
        $session.Count | Should -Be 1
        $ErrorActionPreference = 'Continue'
        $shown = . ([scriptblock]::Create($session[0])) 2> $null 3> $null | Out-String -Width 200

        $shown | Should -Match 'SpreadsheetNumber'
        @($r).Count | Should -Be $swaps.Count
        @($r.Outcome -eq 'Succeeded').Count | Should -BeGreaterThan 0
        $executed = @((Get-SandboxLog $service).Operations | Where-Object Executed)
        @($executed | Group-Object Iccid, Imei, NewImei | Where-Object Count -gt 1).Count | Should -Be 0
        $shown | Should -Match 'Succeeded +True'
    }
}
