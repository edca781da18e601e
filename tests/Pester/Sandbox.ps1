# Starts and stops the sandbox, a separate program, for the Pester files.

function Find-Sandbox {
    param([string] $Configuration)

    $path = Join-Path $PSScriptRoot "../../src/IotCard.Sandbox/bin/$Configuration/net10.0/IotCard.Sandbox.dll"
    if (-not (Test-Path $path)) {
        throw "The sandbox is not built: dotnet build src/IotCard.Sandbox --configuration $Configuration"
    }

    (Resolve-Path $path).Path
}

function Start-Sandbox {
    param(
        [string] $Path,

        # The delay of every response, in milliseconds.
        [int] $Latency = 0,

        # Further options, such as --outage or --fault.
        [string[]] $Options = @()
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = "`"$Path`" serve --latency $Latency $Options"
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^listening on (?<endpoint>http://127\.0\.0\.1:\d+), token (?<token>[0-9a-f]+)$') {
        throw "The sandbox did not start: $line"
    }

    # Its log is drained, so that it never blocks on a full pipe.
    $null = $process.StandardOutput.ReadToEndAsync()
    [pscustomobject]@{ Process = $process; Endpoint = [uri] $Matches.endpoint; Token = $Matches.token }
}

function Stop-Sandbox {
    param($Sandbox)

    $Sandbox.Process.Kill()
    $Sandbox.Process.WaitForExit()
}

function Start-DefaultSandbox {
    # Starts a sandbox, and makes its address and key the defaults of the commands that change bindings.
    param([string] $Path)

    $started = Start-Sandbox $Path
    $PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $started.Endpoint
    $PSDefaultParameterValues['*-IotCardBinding:Credential'] = [pscredential]::new('sandbox-id', (ConvertTo-SecureString 'sandbox-secret' -AsPlainText -Force))
    $started
}

function Stop-DefaultSandbox {
    param($Sandbox)

    $PSDefaultParameterValues.Clear()
    Stop-Sandbox $Sandbox
}

function New-FleetCsv {
    # Writes a list of cards, each bound to its own device, for --fleet.
    param([string] $Path, [int] $Count)

    $rows = foreach ($i in 0..($Count - 1)) {
        [pscustomobject]@{ Iccid = '8986{0:d14}7' -f $i; Imei = '86{0:d12}0' -f $i }
    }

    $rows | Export-Csv $Path
    $rows
}

function Get-SandboxLog {
    # What the sandbox has executed, by its own record.
    param($Sandbox)

    Invoke-SandboxCall $Sandbox 'log'
}

function Invoke-SandboxCall {
    # A call with which the sandbox is controlled and queried: faults, outage, audit or log.
    param($Sandbox, [string] $Name, [string] $Method = 'Get', [string] $Body)

    $call = @{ Uri = [uri]::new($Sandbox.Endpoint, "/sandbox/$Name"); Method = $Method; Headers = @{ 'x-sandbox-token' = $Sandbox.Token } }
    if ($Body) {
        $call.Body = $Body
    }

    Invoke-RestMethod @call
}
