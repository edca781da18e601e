<#
.SYNOPSIS
Creates the example reports in docs/examples, and their pictures in docs, from a day's work against the sandbox.
.DESCRIPTION
Runs a list with some bad rows, while one response in thirty does not say what became of the operation; settles most of
what is Unknown; and exports the reports. With Chromium, also takes their pictures. First run ./build.ps1 and
dotnet build src/IotCard.Sandbox -c Release.
.EXAMPLE
./build/ReportExample.ps1
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The module's manifest; by default the one just built.
    [string] $ModulePath = (Join-Path $PSScriptRoot '../out/IotCard/*/IotCard.psd1'),

    # The browser that takes the pictures.
    [string] $Chromium = 'chromium'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '../tests/Pester/Sandbox.ps1')
Import-Module (Resolve-Path $ModulePath).Path

function Get-CheckDigit([string] $Digits) {
    $sum = 0
    for ($i = 0; $i -lt $Digits.Length; $i++) {
        $digit = [int] "$($Digits[$Digits.Length - 1 - $i])" * (2 - $i % 2)
        $sum += $digit -gt 9 ? $digit - 9 : $digit
    }

    (10 - $sum % 10) % 10
}

function New-Imei([string] $Type, [int] $Number) {
    $digits = '{0}{1:d6}' -f $Type, $Number
    $digits + (Get-CheckDigit $digits)
}

$docs = Join-Path $PSScriptRoot '../docs'
$work = (New-Item (Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())) -ItemType Directory).FullName
$env:XDG_STATE_HOME = Join-Path $work 'state'
try {
    $list = foreach ($i in 1..240) {
        [pscustomobject]@{ Iccid = '898600{0:d12}7' -f (7 * $i); Imei = New-Imei '86045603' (11 * $i); NewImei = New-Imei '35391805' (13 * $i) }
    }

    $list | Export-Csv (Join-Path $work 'fleet.csv')
    $list[31].Iccid = '8986009999999999997'
    $list[32].Iccid = '8986009999999999989'
    $list[57].Imei = $list[58].Imei.Substring(0, 14) + '0'
    $service = Start-Sandbox (Find-Sandbox -Configuration Release) -Latency 60 -Options '--fleet', (Join-Path $work 'fleet.csv'), '--fault', 'OkWithoutResult=0.03', '--fault', 'Throttling=0.05', '--seed', '7'
    $run = @{
        Endpoint      = $service.Endpoint
        Credential    = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
        JournalPath   = Join-Path $work 'swaps.jsonl'
        ErrorAction   = 'SilentlyContinue'
        WarningAction = 'SilentlyContinue'
    }

    $results = $list | Set-IotCardBinding @run
    $results | Where-Object Outcome -eq Unknown | Select-Object -Skip 1 |
        Resolve-IotCardJournal $run.JournalPath -Outcome Succeeded -Comment 'in its new device, seen in the console by 王芳' | Out-Null
    foreach ($culture in @{ Name = 'en-US'; Suffix = ''; Title = 'Swaps, week 48' }, @{ Name = 'zh-CN'; Suffix = '.zh-CN'; Title = '第 48 周换机' }) {
        $page = Join-Path $docs "examples/report$($culture.Suffix).html"
        Export-IotCardReport $run.JournalPath -OutFile $page -UICulture $culture.Name -Title $culture.Title
        # Not the names of whoever made the example.
        $html = [System.IO.File]::ReadAllText($page).Replace($work, '/srv/swaps')
        foreach ($name in @{ Own = [System.Environment]::UserName; Shown = 'wangfang' }, @{ Own = [System.Environment]::MachineName; Shown = 'ops-01' }) {
            $html = $html.Replace("<dd>$($name.Own)</dd>", "<dd>$($name.Shown)</dd>")
        }

        [System.IO.File]::WriteAllText($page, $html)
        if (Get-Command $Chromium -ErrorAction Ignore) {
            $picture = Join-Path $docs "report$($culture.Suffix).png"
            & $Chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir=$work/browser --window-size=960,1080 --screenshot=$picture "file://$((Resolve-Path $page).Path)" 2>$null
        }
    }
}
finally {
    if (Get-Variable service -ErrorAction Ignore) {
        Stop-Sandbox $service
    }

    Remove-Item $work -Recurse -Force
}
