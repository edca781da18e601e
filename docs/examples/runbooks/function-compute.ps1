<#
.SYNOPSIS
One invocation in Function Compute, in a container with PowerShell. The web server that the container runs calls it.
.DESCRIPTION
A container gets the role's temporary credential in the headers of each invocation. The journal is on a mounted NAS: the
disk of an instance goes with the instance.
#>
param(
    # The headers of the request.
    [Parameter(Mandatory)][hashtable] $Header,

    # The mounted folder.
    [string] $Folder = '/mnt/nas/iotcard',

    [string] $Job = 'retire'
)

$secret = ConvertTo-SecureString $Header['x-fc-access-key-secret'] -AsPlainText -Force
$connection = @{
    Credential    = [pscredential]::new($Header['x-fc-access-key-id'], $secret)
    SecurityToken = ConvertTo-SecureString $Header['x-fc-security-token'] -AsPlainText -Force
}

& (Join-Path $PSScriptRoot 'retire.ps1') -List (Join-Path $Folder "$Job.csv") -JournalPath (Join-Path $Folder "$Job.jsonl") `
    -ReportPath (Join-Path $Folder "$Job.html") -Connection $connection
