# Shared by the files of the commands that query the service: a sandbox, its address and key as defaults, its log and its
# faults. Dot-source it in BeforeAll, once $ModulePath and $Sandbox are set.

. (Join-Path $PSScriptRoot 'Sandbox.ps1')
Import-Module $ModulePath -Force
$service = Start-Sandbox $Sandbox
$PSDefaultParameterValues['*-IotCard*:Endpoint'] = $service.Endpoint
$PSDefaultParameterValues['Test-IotCardBinding:CardEndpoint'] = $service.Endpoint
$PSDefaultParameterValues['*-IotCard*:Credential'] = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))

function Get-ServiceLog {
    Get-SandboxLog $service
}

function Clear-ServiceLog {
    $null = Invoke-SandboxCall $service 'log' Delete
}

function Set-ServiceFault([hashtable] $Plan) {
    $null = Invoke-SandboxCall $service 'faults' Put ($Plan | ConvertTo-Json -Depth 4)
}

function Stop-SandboxSession {
    $PSDefaultParameterValues.Clear()
    Stop-Sandbox $service
    Remove-Module IotCard
}
