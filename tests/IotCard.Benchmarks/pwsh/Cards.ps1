# Cards with the module, as in a user's script.
param(
    [Parameter(Mandatory)][string] $ModulePath,
    [Parameter(Mandatory)][uri] $Endpoint,
    [Parameter(Mandatory)][string] $Path,
    [int] $ThrottleLimit = 1
)

$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
Import-Csv -LiteralPath $Path | Set-IotCardBinding -Endpoint $Endpoint -ThrottleLimit $ThrottleLimit
