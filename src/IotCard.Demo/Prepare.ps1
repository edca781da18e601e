# What the demo's shell does before its first prompt.
param(
    [Parameter(Mandatory)][string] $ModulePath,

    # The sandbox's.
    [Parameter(Mandatory)][uri] $Endpoint,

    # Somebody sits at the prompt.
    [switch] $Interactive
)

Import-Module $ModulePath
$PSDefaultParameterValues['*-IotCard*:Endpoint'] = $Endpoint

function prompt {
    'PS> '
}

if ($Interactive) {
    @"

IotCard $((Get-Module IotCard).Version) is imported. A sandbox stands in for the service at $Endpoint
The current folder holds cards.csv and first-session.ps1, and goes away with this shell. To begin with:

  Import-Csv cards.csv | Where-Object NewImei | Set-IotCardBinding -WhatIf
  Get-Content first-session.ps1
  Get-Help Set-IotCardBinding -Examples

'exit' ends it.

"@
}
