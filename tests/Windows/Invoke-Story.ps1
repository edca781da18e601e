<#
.SYNOPSIS
Runs one part of the story in this shell, on Windows.
.DESCRIPTION
run.sh calls it in Wine, and the workflow on Windows. The report has one line for each test and ends with the counts; without
that last line, the part did not run to its end.
.EXAMPLE
pwsh -File tests/Windows/Invoke-Story.ps1 -Part tests/Windows/Story/Import.Tests.ps1 -ModulePath C:\modules\IotCard\IotCard.psd1 -Endpoint http://127.0.0.1:8920 -Token 1d3e0c7a55f04b1c9a9b8a4f2f6c7d10 -ReportPath import.txt
#>
[CmdletBinding()]
param(
    # The file with the tests.
    [Parameter(Mandatory)][string] $Part,

    # The manifest of the unpacked module.
    [Parameter(Mandatory)][string] $ModulePath,

    # The sandbox's address; its fleet is that of run.sh.
    [Parameter(Mandatory)][uri] $Endpoint,

    # What the sandbox asks for before it tells what it carried out.
    [Parameter(Mandatory)][string] $Token,

    [Parameter(Mandatory)][string] $ReportPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if ($PSVersionTable.PSEdition -eq 'Core' -and -not $IsWindows) {
    throw 'This is the story of Windows. On Linux, run.sh runs it in Wine.'
}

Import-Module Pester -MinimumVersion 5.0
$folder = New-Item (Join-Path ([System.IO.Path]::GetTempPath()) "iotcard-$([guid]::NewGuid().ToString('n'))") -ItemType Directory

$settings = New-PesterConfiguration
$settings.Run.Container = New-PesterContainer -Path $Part -Data @{ ModulePath = $ModulePath; Sandbox = [pscustomobject]@{ Endpoint = $Endpoint; Token = $Token }; Folder = $folder.FullName }
$settings.Run.PassThru = $true
$settings.Output.Verbosity = 'None'
$result = Invoke-Pester -Configuration $settings

$lines = @(
    foreach ($test in $result.Tests) {
        "$($test.Result): $($test.ExpandedPath)"
        $test.ErrorRecord | ForEach-Object { "  $($_.Exception.Message)" }
    }

    @($result.FailedBlocks) + @($result.FailedContainers) | ForEach-Object { $_.ErrorRecord } | ForEach-Object { "  $_" }
    "end: $($result.PassedCount) passed, $($result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount) failed, $($result.SkippedCount) skipped"
)
[System.IO.File]::WriteAllLines($ReportPath, [string[]] $lines)
Remove-Item $folder -Recurse -Force -ErrorAction SilentlyContinue
