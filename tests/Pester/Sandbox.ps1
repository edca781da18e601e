# Starts and stops the sandbox, a program of its own, for the Pester files.

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

        # How long every answer is held back, in milliseconds.
        [int] $Latency = 0
    )

    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    $start.Arguments = "`"$Path`" serve --latency $Latency"
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '^listening on (?<endpoint>http://127\.0\.0\.1:\d+)$') {
        throw "The sandbox did not start: $line"
    }

    # What it logs is read away, so that it never waits for a reader.
    $null = $process.StandardOutput.ReadToEndAsync()
    [pscustomobject]@{ Process = $process; Endpoint = [uri] $Matches.endpoint }
}

function Stop-Sandbox {
    param($Sandbox)

    $Sandbox.Process.Kill()
    $Sandbox.Process.WaitForExit()
}
