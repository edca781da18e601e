# One card with the module, as a person's script does it: what a fresh shell takes for it, from its start to its end.
param(
    [Parameter(Mandatory)][string] $ModulePath,
    [Parameter(Mandatory)][uri] $Endpoint,
    [Parameter(Mandatory)][string] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
Import-Csv -LiteralPath $Path | Set-IotCardBinding -Endpoint $Endpoint
