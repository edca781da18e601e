# Prepares the demo's shell before its first prompt.
param(
    [Parameter(Mandatory)][string] $ModulePath,

    # For a person at the prompt.
    [switch] $Interactive
)

Import-Module $ModulePath

function prompt {
    'PS> '
}

if ($Interactive) {
    @"

IotCard $((Get-Module IotCard).Version) is imported. A sandbox stands in for the service at $env:IOTCARD_ENDPOINT
The current folder contains cards.csv and first-session.ps1, and is deleted with this shell. To begin:

  Import-Csv cards.csv | Where-Object NewImei | Test-IotCardBinding
  Get-Content first-session.ps1
  Get-Help Set-IotCardBinding -Examples

'exit' ends it.

"@
}
