<#
.SYNOPSIS
A runbook for Azure Automation. It starts from the beginning after an interruption, so the journal comes from a storage
account and goes back to it, whatever happens.
.NOTES
Import IotCard into the account's PowerShell 7 environment. The asset IotCard holds the AccessKey; the account's managed
identity needs the role Storage Blob Data Contributor. A sandbox starts no processes, so a profile of mode External cannot
work there.
#>
param(
    [Parameter(Mandatory)][string] $StorageAccount,
    [string] $Container = 'iotcard',
    [string] $Job = 'retire'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

$null = Connect-AzAccount -Identity
$storage = @{ Container = $Container; Context = New-AzStorageContext -StorageAccountName $StorageAccount -UseConnectedAccount }
$folder = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
$null = New-Item $folder -ItemType Directory
$list, $journal, $report = 'csv', 'jsonl', 'html' | ForEach-Object { Join-Path $folder "$Job.$_" }

$null = Get-AzStorageBlobContent @storage -Blob "$Job.csv" -Destination $list
if (Get-AzStorageBlob @storage -Blob "$Job.jsonl" -ErrorAction SilentlyContinue) {
    $null = Get-AzStorageBlobContent @storage -Blob "$Job.jsonl" -Destination $journal
}

try {
    $rows = @(Import-Csv $list)
    $results = @($rows | Remove-IotCardBinding -JournalPath $journal -Credential (Get-AutomationPSCredential -Name IotCard) -Confirm:$false -ErrorAction Continue)
    $results | Export-IotCardReport -OutFile $report
    $results | Group-Object Outcome, Code -NoElement
}
finally {
    foreach ($file in $journal, $report) {
        if (Test-Path $file) {
            $null = Set-AzStorageBlobContent @storage -File $file -Blob (Split-Path $file -Leaf) -Force
        }
    }

    # Jobs of one account may share a disk; a journal left here would make the next download a copy of it.
    Remove-Item $folder -Recurse -Force
}

# Only a terminating error makes the job Failed.
$open = @($results | Where-Object Outcome -ne Succeeded).Count + $rows.Count - $results.Count
if ($open -gt 0) {
    throw "$open of $($rows.Count) cards are not done: see $Job.html."
}
