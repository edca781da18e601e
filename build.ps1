<#
.SYNOPSIS
Builds, tests and shows the IotCard module.
.DESCRIPTION
Needs the .NET SDK that global.json names, and nothing else; the Pester suite runs where Pester 5 is installed.
.EXAMPLE
./build.ps1
Builds the module into out/IotCard/<version>/.
.EXAMPLE
./build.ps1 -Task Test
Builds it and runs every test.
#>
[CmdletBinding()]
param(
    # Build: the module, into out/IotCard/<version>/. Test: every test. Demo: a first session against the sandbox. Clean: removes what was built.
    [ValidateSet('Build', 'Test', 'Demo', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$version = (Import-PowerShellDataFile (Join-Path $root 'IotCard.psd1')).ModuleVersion
$module = Join-Path $root "out/IotCard/$version"

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Build-Module {
    Invoke-DotNet build (Join-Path $root 'src/IotCard') --configuration $Configuration
    Write-Host "Built $module"
}

function Test-Module {
    Push-Location $root
    try {
        Invoke-DotNet test --configuration $Configuration
    }
    finally {
        Pop-Location
    }

    $pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Select-Object -First 1
    if (-not $pester) {
        Write-Warning 'Pester 5 is not installed, so the Pester suite did not run: Install-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99'
        return
    }

    # In a process of its own, so that the module under test is the one just built.
    $shell = (Get-Process -Id $PID).Path
    & $shell -NoProfile -NonInteractive -File (Join-Path $root 'tests/Pester/Invoke-Suite.ps1') -ModulePath (Join-Path $module 'IotCard.psd1') -Configuration $Configuration
    if ($LASTEXITCODE -ne 0) {
        throw "The Pester suite failed with exit code $LASTEXITCODE."
    }
}

switch ($Task) {
    'Build' { Build-Module }
    'Test' { Build-Module; Test-Module }
    'Demo' { Invoke-DotNet run --configuration $Configuration --project (Join-Path $root 'src/IotCard.Sandbox') -- demo }
    'Clean' {
        $built = @(Get-ChildItem (Join-Path $root 'src'), (Join-Path $root 'tests') -Directory |
                ForEach-Object { Join-Path $_.FullName 'bin'; Join-Path $_.FullName 'obj' }) + (Join-Path $root 'out')
        $built | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
    }
}
