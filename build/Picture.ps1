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
        Title   = 'A session in PowerShell: a dry run that finds a bad row, a run with three outcomes, the unknown row settled in the automatic journal, the failed row piped back in'
        Edited  = 'formatted the column as text and exported the list again'
        Checked = 'looked them up: only the unknown one is on its new device'
    }
    'zh-CN' = @{
        File    = 'session.zh-CN.svg'
        Lang    = 'zh_CN.UTF-8'
        Title   = 'PowerShell 中的一次会话：预演查出有误的行，一次运行得到三种结果，在自动日志中确认结果未知的行，失败的行经管道重新执行'
        Edited  = '已将该列设为文本格式，并重新导出清单'
        Checked = '已在控制台查看：只有结果未知的卡已换到新设备'
    }
}

# The typed lines. The empty line ends the statement before it, which continues on a second line.
function Get-TypedLine([hashtable] $Picture) {
    'Import-Csv swaps.csv | Set-IotCardBinding -WhatIf'
    "# $($Picture.Edited)"
    '$r = Import-Csv edited.csv | Set-IotCardBinding'
    '$r'
    '$journal = Get-IotCardJournal | Select-Object -First 1'
    "# $($Picture.Checked)"
    '$r | Where-Object Outcome -eq Unknown |'
    '    Resolve-IotCardJournal -Path $journal.Path -Outcome Succeeded'
    ''
    '$r | Where-Object Outcome -eq Failed | Set-IotCardBinding'
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

# One card's response is lost after its rebind, and another's rebind does not succeed the first time.
function Set-SandboxFault($Sandbox) {
    $plan = '{"UpcomingByCard":{"89860219070907095849":["ResetAfter"],"898604201518649757A6":["OkButNotDone"]}}'
    $null = Invoke-SandboxCall $Sandbox 'faults' Put $plan
}

# PowerShell reads the typed lines from its input, and shows them after its prompt as a terminal does.
function Invoke-TypedSession([string] $Folder, [uri] $Endpoint, [hashtable] $Picture) {
    $preamble = @"
`$PSStyle.OutputRendering = 'Ansi'
`$ProgressPreference = 'SilentlyContinue'
`$PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = '$Endpoint'
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
    @($start.Environment.Keys) -match '^(ALIBABA_CLOUD_|LC_|NO_COLOR)' | ForEach-Object { $null = $start.Environment.Remove($_) }
    $start.Environment['ALIBABA_CLOUD_ACCESS_KEY_ID'] = 'sandbox-id'
    $start.Environment['ALIBABA_CLOUD_ACCESS_KEY_SECRET'] = 'sandbox-secret'
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

        # The journal is named after the process, whose id differs in length: the lines would break at other places.
        $shown = (Invoke-TypedSession $folder $service.Endpoint $pictures[$name]) -replace '(?<=\dZ-)\d+(?=-\d+\.jsonl)', '4711'
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
