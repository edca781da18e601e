<#
.SYNOPSIS
Creates the pictures of the README, docs/session.svg and docs/session.zh-CN.svg, from a real session.
.DESCRIPTION
Starts the sandbox, types the lines below into a fresh PowerShell with the built module, and draws what it shows in 80
columns. Requires PowerShell 7.5 or later on Linux; first run ./build.ps1 and dotnet build src/IotCard.Sandbox -c Release.
Run it after every change to the texts or the views; tests/Pester/Picture.Tests.ps1 fails if it was forgotten. PowerShell
as a .NET tool is enough: dotnet tool restore, then as below.
.EXAMPLE
./build/Picture.ps1
.EXAMPLE
dotnet pwsh -NoProfile -File build/Picture.ps1
#>
#Requires -Version 7.5
[CmdletBinding()]
param(
    # The module's manifest; by default the one just built.
    [string] $ModulePath = (Join-Path $PSScriptRoot '../out/IotCard/*/IotCard.psd1'),

    # The sandbox's assembly; by default that of the Release build.
    [string] $Sandbox,

    # The folder for the pictures.
    [string] $Path = (Join-Path $PSScriptRoot '../docs'),

    [ValidateSet('en-US', 'zh-CN')]
    [string[]] $Culture = @('en-US', 'zh-CN'),

    # Returns the name of each picture and the shell's output.
    [switch] $PassThru
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Shell.ps1')
. (Join-Path $PSScriptRoot 'TerminalPicture.ps1')
. (Join-Path $PSScriptRoot '../tests/Pester/Sandbox.ps1')

$columns = 80
$pictures = @{
    'en-US' = @{
        File    = 'session.svg'
        Lang    = 'C.UTF-8'
        Texts   = 'Texts.resx'
        Title   = 'A session in PowerShell: a check that finds a bad row, a run with its progress bar and summary, the unknown row settled from the audit trail'
        Edited  = 'exported the list again, with the column as text'
    }
    'zh-CN' = @{
        File    = 'session.zh-CN.svg'
        Lang    = 'zh_CN.UTF-8'
        Texts   = 'Texts.zh.resx'
        Title   = 'PowerShell 中的一次会话：检查查出有误的行，一次运行及其进度条和汇总，依据操作审计确认结果未知的行'
        Edited  = '已将该列设为文本格式，重新导出清单'
    }
}

# The typed lines.
function Get-TypedLine([hashtable] $Picture) {
    'Import-Csv swaps.csv | Test-IotCardBinding'
    "# $($Picture.Edited)"
    '$r = Import-Csv edited.csv | Set-IotCardBinding -JournalPath swaps.jsonl'
    'Resolve-IotCardJournal swaps.jsonl -FromAuditTrail'
}

function Write-CardList([string] $Folder) {
    $cards = @(
        'Iccid,Imei,NewImei'
        '89860018521874998319,860456038157932,353918052345671'
        '89860219070907095849,861762040877246,490154203237518'
        '898604201518649757A6,356893113596553,355888120000004'
        '89860721788800332727,868019046315868,356938035643809'
    )
    Set-Content (Join-Path $Folder 'edited.csv') $cards
    Set-Content (Join-Path $Folder 'swaps.csv') $cards.Replace('89860721788800332727', '8.98607E+19')
}

# One card's response is lost after its rebind; the audit trail knows of it at once.
function Set-SandboxFault($Sandbox) {
    $null = Invoke-SandboxCall $Sandbox 'faults' Put '{"UpcomingByCard":{"89860219070907095849":["ResetAfter"]}}'
    $null = Invoke-SandboxCall $Sandbox 'audit' Put '{"Delay":"00:00:00"}'
}

# PowerShell draws no progress bar where its output is redirected, so the bar of the run is drawn here, halfway.
function Add-ProgressBar([string] $Shown, [string] $Texts) {
    $text = @{}
    ([xml] (Get-Content (Join-Path $PSScriptRoot "../src/IotCard/Texts/$Texts") -Raw -Encoding utf8)).root.data | ForEach-Object { $text[$_.name] = $_.value }
    $bar = Format-ProgressBar ($text.PracticeActivity -f $text.ProgressActivity) ($text.ProgressOfTotal -f 2, 4, 0, 1, 3) -Share 0.5 -Columns $columns
    $Shown -replace '(?m)(^.*-JournalPath swaps\.jsonl\r?\n)', "`$1$bar`n"
}

# PowerShell reads the typed lines from its input, and shows them after its prompt as a terminal does.
function Invoke-TypedSession([string] $Folder, [uri] $Endpoint, [hashtable] $Picture) {
    $preamble = @"
`$PSStyle.OutputRendering = 'Ansi'
`$ProgressPreference = 'SilentlyContinue'
function prompt { 'PS> ' }
Import-Module '$($module.Replace("'", "''"))'
Set-Location '$Folder'
"@
    $file = Join-Path $Folder 'preamble.ps1'
    Set-Content $file $preamble

    # Errors and output in one stream, in the order of writing.
    $start = [System.Diagnostics.ProcessStartInfo]::new('/bin/sh')
    @('-c', 'exec "$0" "$@" 2>&1') + @(Get-ShellCommand) + @('-NoProfile', '-NoLogo', '-NoExit', '-File', $file) |
        ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.StandardOutputEncoding = $start.StandardInputEncoding = [System.Text.UTF8Encoding]::new($false)
    $start.Environment['XDG_STATE_HOME'] = $Folder
    @($start.Environment.Keys) -match '^(ALIBABA_CLOUD_|IOTCARD_|LC_|NO_COLOR)' | ForEach-Object { $null = $start.Environment.Remove($_) }
    $start.Environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] = 'sandbox-id'
    $start.Environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = 'sandbox-secret'
    $start.Environment['IOTCARD_ENDPOINT'] = "$Endpoint"
    $start.Environment['LANG'] = $Picture.Lang
    $start.Environment['TERM'] = 'xterm-256color'

    $session = [System.Diagnostics.Process]::Start($start)
    Get-TypedLine $Picture | ForEach-Object { $session.StandardInput.WriteLine($_) }
    $session.StandardInput.Close()
    $session.StandardOutput.ReadToEnd()
    $session.WaitForExit()
}

$module = (Resolve-Path $ModulePath).Path
if (-not $Sandbox) {
    $Sandbox = Find-Sandbox -Configuration Release
}

foreach ($name in $Culture) {
    # Not the user's temporary folder: the path is in the picture, and lines wrap by its length.
    $folder = (New-Item "/tmp/iotcard-$([guid]::NewGuid().ToString('n'))" -ItemType Directory).FullName
    $service = Start-Sandbox $Sandbox
    try {
        Write-CardList $folder
        Set-SandboxFault $service

        $shown = Add-ProgressBar (Invoke-TypedSession $folder $service.Endpoint $pictures[$name]) $pictures[$name].Texts
        $file = Join-Path (Resolve-Path $Path) $pictures[$name].File
        [System.IO.File]::WriteAllText($file, (ConvertTo-TerminalPicture $shown $columns $pictures[$name].Title), [System.Text.UTF8Encoding]::new($false))
        Write-Host "Wrote $file"
        if ($PassThru) {
            [pscustomobject]@{ Name = $pictures[$name].File; Shown = $shown }
        }
    }
    finally {
        Stop-Sandbox $service
        Remove-Item $folder -Recurse -Force
    }
}
