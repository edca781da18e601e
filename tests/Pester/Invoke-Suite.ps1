<#
.SYNOPSIS
Runs the Pester files against a built or a packed module, with a sandbox beside it.
.DESCRIPTION
dotnet test calls it, and so does the workflow. Needs Pester 5, and the .NET runtime for the sandbox. It is best run in a
process of its own: an assembly, once loaded, stays.
.EXAMPLE
pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1 -ModulePath out/IotCard.0.1.0.nupkg
#>
[CmdletBinding()]
param(
    # The built module's manifest, or the package, which is unpacked into a temporary folder.
    [Parameter(Mandatory)]
    [string] $ModulePath,

    # Desktop: tests a copy of the module with only the build for Windows PowerShell 5.1. Files that test what is the same
    # whatever the build (pages, help, samples, packing, the picture) are left out, and so is the day, whose steps other
    # files test one by one. Windows PowerShell itself runs them all.
    [ValidateSet('', 'Desktop')]
    [string] $Edition = '',

    # Which build of the sandbox to start.
    [string] $Configuration = 'Release',

    # The sandbox's assembly; by default found by -Configuration.
    [string] $SandboxPath,

    # Pester's manifest; by default the installed Pester 5.
    [string] $PesterPath,

    # The file for a report in NUnit format.
    [string] $ResultPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

if ($PesterPath) {
    Import-Module $PesterPath
}
else {
    Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99
}

. (Join-Path $PSScriptRoot 'Sandbox.ps1')

$work = Join-Path ([System.IO.Path]::GetTempPath()) "iotcard-$([guid]::NewGuid().ToString('n'))"
try {
    # The journals of the suite's shells are removed with it.
    $env:XDG_STATE_HOME = Join-Path $work 'state'
    $manifest = (Resolve-Path $ModulePath).Path
    if ($manifest -like '*.nupkg' -or $Edition) {
        $folder = Join-Path $work 'IotCard'
        if ($manifest -like '*.nupkg') {
            Add-Type -AssemblyName System.IO.Compression.FileSystem
            [System.IO.Compression.ZipFile]::ExtractToDirectory($manifest, $folder)
        }
        else {
            $null = New-Item $work -ItemType Directory
            Copy-Item (Split-Path $manifest) $folder -Recurse
        }

        $manifest = Join-Path $folder 'IotCard.psd1'
    }

    if ($Edition) {
        $text = [System.IO.File]::ReadAllText($manifest)
        $chosen = $text -replace '(?m)^(\s*RootModule\s*=).*$', "`$1 'bin/$Edition/IotCard.dll'"
        [System.IO.File]::WriteAllText($manifest, $chosen, [System.Text.UTF8Encoding]::new($true))
        Get-ChildItem (Join-Path $folder 'bin') -Exclude $Edition | Remove-Item -Recurse
    }

    $sandbox = if ($SandboxPath) { (Resolve-Path $SandboxPath).Path } else { Find-Sandbox -Configuration $Configuration }
    Write-Host "PowerShell $($PSVersionTable.PSVersion), $manifest $Edition"

    $settings = New-PesterConfiguration
    $sameForBoth = if ($Edition) { 'Build', 'Day', 'Help', 'Pages', 'Picture', 'Runbooks' }
    $files = Get-ChildItem $PSScriptRoot -Filter *.Tests.ps1 | Where-Object { ($_.Name -split '\.')[0] -notin $sameForBoth }
    $settings.Run.Container = New-PesterContainer -Path $files.FullName -Data @{
        ModulePath = $manifest
        Sandbox    = $sandbox
    }
    $settings.Run.PassThru = $true
    $settings.Output.Verbosity = 'Detailed'
    if ($ResultPath) {
        $settings.TestResult.Enabled = $true
        $settings.TestResult.OutputPath = $ResultPath
    }

    $result = Invoke-Pester -Configuration $settings
    $failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
}
finally {
    # Windows locks the file of a loaded assembly: what cannot be removed now stays in the temporary folder.
    if (Test-Path $work) {
        Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
    }
}

exit $failed
