<#
.SYNOPSIS
Runs the Pester files against a built module, with a sandbox beside it. build.ps1 -Task Test calls it.
#>
[CmdletBinding()]
param(
    # The built module's manifest.
    [Parameter(Mandatory)]
    [string] $ModulePath,

    [string] $Configuration = 'Release'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99
. (Join-Path $PSScriptRoot 'Sandbox.ps1')

$settings = New-PesterConfiguration
$settings.Run.Container = New-PesterContainer -Path (Join-Path $PSScriptRoot '*.Tests.ps1') -Data @{
    ModulePath = (Resolve-Path $ModulePath).Path
    Sandbox    = Find-Sandbox -Configuration $Configuration
}
$settings.Run.PassThru = $true
$settings.Output.Verbosity = 'Detailed'
$result = Invoke-Pester -Configuration $settings
exit $result.FailedCount
