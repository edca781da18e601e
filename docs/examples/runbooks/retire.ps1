<#
.SYNOPSIS
Unbinds the cards of a list where nobody can answer a prompt. Run it as often as you like, as long as its journal is kept.
.DESCRIPTION
Exit codes: 0, every card is done. 1, a card failed, or the job could not start. 2, a card is Unknown: settle it first. 3,
the job was stopped, or a row has no result. 4, the journal that a later run needs is not there.
#>
#Requires -Modules IotCard
param(
    # Columns Iccid and Imei.
    [string] $List = 'retired.csv',

    [string] $JournalPath = 'retire.jsonl',

    # First: a new job. Resume: there must be a journal. Lost: the journal is gone; the cards are looked up instead.
    [ValidateSet('First', 'Resume', 'Lost')]
    [string] $Run = 'First',

    # The page to hand over, beside the results.
    [string] $ReportPath,

    # Where the platform hands a credential over: -Credential, -SecurityToken.
    [hashtable] $Connection = @{}
)

$ErrorActionPreference = 'Stop'                 # a command that cannot start ends the script, with exit code 1
$ProgressPreference = 'SilentlyContinue'        # no progress bar in a log
if ($PSVersionTable.PSVersion.Major -ge 7) {
    $PSStyle.OutputRendering = 'PlainText'      # no colors in a log, whatever TERM says
}

if ($Run -eq 'Resume' -and -not (Test-Path $JournalPath)) {
    Write-Output "There is no journal '$JournalPath'. Restore it, or run again with -Run Lost."
    exit 4
}

$stopped = $true
try {
    $rows = @(Import-Csv $List)
    $check = @($rows | Test-IotCardBinding -Operation Unbind -Online:($Run -eq 'Lost') @Connection)
    $check | Group-Object Action, Code -NoElement | Format-Table | Out-String | Write-Output

    # Without its journal a run would ask the service to close accounts that are closed. Those count as done.
    $done = @($check | Where-Object { $Run -eq 'Lost' -and $_.Action -eq 'AlreadyDone' })
    $refused = @($check | Where-Object { $Run -eq 'Lost' -and $_.Action -in 'Refuse', 'Unknown' })
    $send = if ($Run -eq 'Lost') { $check | Where-Object Action -eq Send } else { $rows }

    $results = @($send | Remove-IotCardBinding -JournalPath $JournalPath -ThrottleLimit 16 -Confirm:$false -ErrorAction Continue @Connection)
    $results | Export-Csv ([System.IO.Path]::ChangeExtension($JournalPath, '.csv'))
    if ($ReportPath) {
        $results | Export-IotCardReport -OutFile $ReportPath
    }

    $stopped = $false
}
catch {
    $stopped = $false
    throw
}
finally {
    if ($stopped) {
        [Environment]::Exit(3)                  # after Ctrl+C, PowerShell would end with 0
    }
}

Write-Output "Rows: $($rows.Count). Done before: $($done.Count), refused: $($refused.Count), results: $($results.Count)."
if ($results.Count + $done.Count + $refused.Count -ne $rows.Count) { exit 3 }   # every row in has a result out
if ($results.Outcome -contains 'Unknown' -or $refused.Action -contains 'Unknown') { exit 2 }
if ($results.Outcome -contains 'Failed' -or $refused) { exit 1 }
exit 0
