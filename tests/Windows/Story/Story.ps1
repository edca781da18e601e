# What every part of the story needs: rows of the sandbox's fleet, its address and key, and shells of their own.

. (Join-Path $PSScriptRoot '../../../build/Shell.ps1')
. (Join-Path $PSScriptRoot '../../Pester/Sandbox.ps1')

# Fourteen digits and the check digit that belongs to them.
function Get-ImeiOf {
    param([string] $Body)

    $sum = 0
    for ($i = 0; $i -lt 14; $i++) {
        $digit = [int] [string] $Body[$i]
        if ($i % 2) { $digit = $digit * 2 - 9 * [int] ($digit -gt 4) }
        $sum += $digit
    }

    "$Body$((10 - $sum % 10) % 10)"
}

# Rows of the fleet that run.sh gives the sandbox. Each test takes rows of its own.
function Get-Row {
    param([int] $First, [int] $Count)

    foreach ($i in $First..($First + $Count - 1)) {
        [pscustomobject]@{ Iccid = '8986{0:d9}314159' -f $i; Imei = Get-ImeiOf ('86{0:d12}' -f $i) }
    }
}

# The same rows, each with a new device.
function Get-Swap {
    param([int] $First, [int] $Count)

    foreach ($row in Get-Row $First $Count) {
        $row | Add-Member NewImei (Get-ImeiOf ('35' + $row.Imei.Substring(2, 12))) -PassThru
    }
}

# How often the sandbox has carried out the operations of these rows: as many times as there are rows, if all is well.
function Get-Executed {
    param([object] $Sandbox, [object[]] $Row)

    $times = @{}
    foreach ($operation in (Get-SandboxLog $Sandbox).Operations) {
        $times[$operation.Iccid] = [int] $times[$operation.Iccid] + $operation.Executed
    }

    foreach ($one in $Row) { [int] $times[$one.Iccid] }
}

function Set-StoryDefault {
    param([object] $Sandbox)

    $env:ALIBABA_CLOUD_ACCESS_KEY_ID = 'sandbox-id'
    $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET = 'sandbox-secret'
    $PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $Sandbox.Endpoint
    $PSDefaultParameterValues['Remove-IotCardBinding:Confirm'] = $false
    $PSDefaultParameterValues['*-IotCardBinding:WarningAction'] = 'SilentlyContinue'
}

# Starts a script in a shell of its own, and does not wait for it.
function Start-Shell {
    param([string] $Script, [string] $Folder)

    $file = Join-Path $Folder "$([guid]::NewGuid().ToString('n')).ps1"
    [System.IO.File]::WriteAllText($file, $Script, [System.Text.UTF8Encoding]::new($true))
    $shell, [string[]] $first = Get-ShellCommand
    $start = [System.Diagnostics.ProcessStartInfo]::new($shell)
    $start.Arguments = "$first -NoProfile -NonInteractive -ExecutionPolicy Bypass -File `"$file`""
    $start.UseShellExecute = $false
    [System.Diagnostics.Process]::Start($start)
}
