# Imports a module in a shell that has done nothing else, and answers how long that took.
param([Parameter(Mandatory)][string] $ModulePath)

$ErrorActionPreference = 'Stop'
$start = [Diagnostics.Stopwatch]::GetTimestamp()
Import-Module $ModulePath
"{0:R}" -f [Diagnostics.Stopwatch]::GetElapsedTime($start).TotalSeconds
