# Prepares the demo's shell before its first prompt.
param(
    [Parameter(Mandatory)][string] $ModulePath,

    # The sandbox's address.
    [Parameter(Mandatory)][uri] $Endpoint,

    # For a person at the prompt.
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
The current folder contains cards.csv and first-session.ps1, and is deleted with this shell. To begin:

  Import-Csv cards.csv | Where-Object NewImei | Set-IotCardBinding -WhatIf
  Get-Content first-session.ps1
  Get-Help Set-IotCardBinding -Examples

'exit' ends it.

"@
}
