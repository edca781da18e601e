<#
.SYNOPSIS
Runs the whole story of a packed module on Windows, in this PowerShell.
.DESCRIPTION
The workflow calls it in Windows PowerShell 5.1 and in PowerShell 7; on Linux, run.sh runs the same story in Wine. Needs Pester 5,
and the .NET runtime for the sandbox. Each part runs in a process of its own, with a sandbox of its own.
.EXAMPLE
powershell -File tests/Windows/Invoke-OnWindows.ps1 -Package out/IotCard.0.1.0.nupkg -SandboxPath src/IotCard.Sandbox/bin/Release/net10.0/IotCard.Sandbox.dll
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)][string] $Package,

    # The sandbox's assembly.
    [Parameter(Mandatory)][string] $SandboxPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

. (Join-Path $PSScriptRoot 'Story/Story.ps1')

$work = Join-Path $PSScriptRoot "../../out/windows-$($PSVersionTable.PSEdition)"
if (Test-Path $work) {
    Remove-Item $work -Recurse -Force
}

$module = New-Item (Join-Path $work 'IotCard') -ItemType Directory
Add-Type -AssemblyName System.IO.Compression.FileSystem
[System.IO.Compression.ZipFile]::ExtractToDirectory((Resolve-Path $Package).Path, $module.FullName)
$fleet = Join-Path $module.Parent.FullName 'fleet.csv'
Get-Row 1 200 | Export-Csv $fleet -NoTypeInformation

$shell, [string[]] $first = Get-ShellCommand
$failed = 0
foreach ($part in Get-ChildItem (Join-Path $PSScriptRoot 'Story') -Filter *.Tests.ps1) {
    $report = Join-Path $module.Parent.FullName "$($part.BaseName).txt"
    $sandbox = Start-Sandbox (Resolve-Path $SandboxPath).Path -Latency 30 -Options '--fleet', "`"$fleet`""
    try {
        & $shell @first -NoProfile -NonInteractive -ExecutionPolicy Bypass -File (Join-Path $PSScriptRoot 'Invoke-Story.ps1') -Part $part.FullName -ModulePath (Join-Path $module.FullName 'IotCard.psd1') -Endpoint $sandbox.Endpoint -Token $sandbox.Token -ReportPath $report
    }
    finally {
        Stop-Sandbox $sandbox
    }

    $lines = @(if (Test-Path $report) { Get-Content $report -Encoding utf8 })
    $lines | Write-Host
    # A part that did not reach its end, or ran nothing, has failed.
    if (-not $lines -or $lines[-1] -notmatch '^end: [1-9]\d* passed, 0 failed') {
        $failed++
        Write-Host "$($part.BaseName) failed"
    }
}

exit $failed
