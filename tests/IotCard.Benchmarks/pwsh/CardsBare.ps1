# The same with a module that does no more than the hand-made script: the minimum for any module.
param(
    [Parameter(Mandatory)][string] $ModulePath,
    [Parameter(Mandatory)][uri] $Endpoint,
    [Parameter(Mandatory)][string] $Path
)

$ErrorActionPreference = 'Stop'
Import-Module $ModulePath
Import-Csv -LiteralPath $Path | Send-Card -Endpoint $Endpoint
