# Imports a module in a shell that has done nothing else, and writes how long that took, in seconds.
param([Parameter(Mandatory)][string] $ModulePath)

$ErrorActionPreference = 'Stop'
$start = [Diagnostics.Stopwatch]::GetTimestamp()
Import-Module $ModulePath
"{0:R}" -f [Diagnostics.Stopwatch]::GetElapsedTime($start).TotalSeconds
