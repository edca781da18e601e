<#
.SYNOPSIS
Writes one JSON object a line for each result, as log collectors read them, while the run goes on.
#>
#Requires -Modules IotCard
param([string] $List = 'retired.csv', [string] $JournalPath = 'retire.jsonl')

$ProgressPreference = 'SilentlyContinue'
Import-Csv $List |
    Remove-IotCardBinding -JournalPath $JournalPath -Confirm:$false -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
    ForEach-Object { [Console]::Out.WriteLine(($_ | ConvertTo-Json -Compress)) }
