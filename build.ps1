<#
.SYNOPSIS
Builds, tests, packs and shows the IotCard module.
.DESCRIPTION
Requires the .NET SDK in global.json, and PowerShell 7.4 or later or Windows PowerShell 5.1. A task that lacks anything
else names it: Microsoft.PowerShell.PlatyPS for the help, a key for publishing.
.EXAMPLE
./build.ps1
Builds the module into out/IotCard/<version>/.
.EXAMPLE
./build.ps1 -Task Test
Runs every test, including those of the packed module. The same as dotnet test, which restores the required PowerShell and Pester.
.EXAMPLE
./build.ps1 -Task Install -WhatIf
Shows where the module would be installed.
#>
#Requires -Version 5.1
[CmdletBinding(SupportsShouldProcess)]
param(
    # Build: the module, into out/IotCard/<version>/. Test: every test. Docs: the help, from docs/. Audit: fails if a
    # restored package has a known vulnerability. Pack: the package for the gallery and its bill of materials, into out/.
    # Install: the packed module, into your module path. Publish: the package, to the gallery.
    # Demo: a first session against the sandbox. Clean: removes the build output.
    [ValidateSet('Build', 'Test', 'Docs', 'Audit', 'Pack', 'Install', 'Publish', 'Demo', 'Clean')]
    [string] $Task = 'Build',

    # For Build, Test and Demo. Packages are always Release builds.
    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # For Publish: the gallery's key; else the variable NUGET_API_KEY. A SecureString stays out of the history.
    [securestring] $NuGetApiKey,

    # For Pack, Install and Publish: signs the packed files, for sites whose policy requires that. The certificate is one in
    # Cert:\CurrentUser\My for code signing.
    [System.Security.Cryptography.X509Certificates.X509Certificate2] $SigningCertificate,

    # For Publish: a repository known to Get-PSResourceRepository; the gallery by default.
    [string] $Repository = 'PSGallery',

    # For Pack, Install and Publish: the project's page, which the gallery requires. A workflow on the forge finds it itself.
    [uri] $ProjectUri = $(if ($env:GITHUB_REPOSITORY) { "$env:GITHUB_SERVER_URL/$env:GITHUB_REPOSITORY" })
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
'Module', 'Audit', 'Package', 'Sbom', 'Gallery', 'Shell' | ForEach-Object { . (Join-Path $root "build/$_.ps1") }
$version = (Read-ModuleManifest (Join-Path $root 'IotCard.psd1')).ModuleVersion

function New-Package {
    New-ModulePackage $root -ProjectUri $ProjectUri -SigningCertificate $SigningCertificate
}

function Build-Module {
    Invoke-DotNet build (Join-Path $root 'src/IotCard') --configuration $Configuration
    Write-Host "Built $(Join-Path $root "out/IotCard/$version")"
}

function Test-Module {
    Push-Location $root
    try {
        Invoke-DotNet test --configuration $Configuration
    }
    finally {
        Pop-Location
    }
}

function Build-Documentation {
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        throw 'Making the help needs Microsoft.PowerShell.PlatyPS: Install-Module Microsoft.PowerShell.PlatyPS. A build without it takes the help that the repository keeps.'
    }

    & (Join-Path $root 'build/Docs.ps1')
}

function Remove-Output {
    $projects = Get-ChildItem (Join-Path $root 'src'), (Join-Path $root 'tests') -Recurse -Filter *.csproj
    $built = @($projects | ForEach-Object { Join-Path $_.DirectoryName 'bin'; Join-Path $_.DirectoryName 'obj' }) + (Join-Path $root 'out')
    $built | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
}

switch ($Task) {
    'Build' { Build-Module }
    'Test' { Test-Module }
    'Docs' { Build-Documentation }
    'Audit' { Write-Host "No restored package of $(Assert-NoVulnerability (Join-Path $root 'IotCard.slnx')) projects has a known vulnerability." }
    'Pack' {
        if (-not $ProjectUri) {
            Write-Host 'Packing without -ProjectUri: the package names no project page, and Get-Help -Online opens none.'
        }

        Write-Host "Packed $((New-Package).Path)"
    }
    'Install' { Install-PackedModule -Version $version -Pack { New-Package } }
    'Publish' {
        $notes = Get-ReleaseNote (Join-Path $root 'CHANGELOG.md')
        Publish-PackedModule -Repository $Repository -NuGetApiKey $NuGetApiKey -ProjectUri $ProjectUri -Version $version -IsUnreleased $notes.IsUnreleased -Pack { New-Package }
    }
    'Demo' { Invoke-DotNet run --configuration $Configuration --project (Join-Path $root 'src/IotCard.Demo') }
    'Clean' { Remove-Output }
}
