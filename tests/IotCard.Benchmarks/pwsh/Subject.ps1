# A shell as a subject of the benchmarks: reads one iteration per line, as JSON, runs it, and writes a line with what it
# took by this process's own clocks. The hand-made script needs no module.
param([string] $ModulePath)

if ($ModulePath) {
    Import-Module $ModulePath -ErrorAction Stop
}

function Get-BindingParameter ($Iteration) {
    $parameters = @{ Endpoint = $Iteration.endpoint; ThrottleLimit = $Iteration.inFlight }
    switch ($Iteration.journal) {
        'None' { $parameters.NoJournal = $true }
        'Named' { $parameters.JournalPath = $Iteration.journalPath }
    }

    $parameters
}

# Waits until the runtime's compiler has nothing more to do, so that it is not busy with what prepared the iteration.
function Wait-Compiler {
    do {
        $count = [Runtime.JitInfo]::GetCompiledMethodCount()
        [Threading.Thread]::Sleep(300)
    } until ([Runtime.JitInfo]::GetCompiledMethodCount() -eq $count)
}

function Measure-Work ([scriptblock] $Work) {
    # Moves what was prepared into the oldest generation, so that no collection has to move it later.
    [GC]::Collect()
    [GC]::Collect()
    if ($Iteration.waitsForCompiler) {
        Wait-Compiler
    }

    $cpu = [Environment]::CpuUsage.TotalTime
    $start = [Diagnostics.Stopwatch]::GetTimestamp()
    & $Work
    @{
        seconds    = [Diagnostics.Stopwatch]::GetElapsedTime($start).TotalSeconds
        cpuSeconds = ([Environment]::CpuUsage.TotalTime - $cpu).TotalSeconds
    }
}

function Measure-Binding ($Iteration) {
    $parameters = Get-BindingParameter $Iteration
    Measure-Work { Import-Csv -LiteralPath $Iteration.rowsPath | Set-IotCardBinding @parameters | Out-Null }
}

# When the first result comes, the plan still holds all other rows.
function Measure-List ($Iteration) {
    $parameters = Get-BindingParameter $Iteration
    $first = @{}
    $before = [GC]::GetTotalMemory($true)
    $start = [Diagnostics.Stopwatch]::GetTimestamp()
    $taken = Measure-Work {
        Import-Csv -LiteralPath $Iteration.rowsPath | Set-IotCardBinding @parameters | & {
            process {
                if ($first.Count -eq 0) {
                    $first.firstSeconds = [Diagnostics.Stopwatch]::GetElapsedTime($start).TotalSeconds
                    $first.heldBytes = [GC]::GetTotalMemory($true) - $before
                }
            }
        }
    }
    $taken + $first
}

# Sampled every 5 ms, garbage that is not yet collected included.
function Measure-Peak ($Iteration) {
    $parameters = Get-BindingParameter $Iteration
    $ended = [Threading.ManualResetEventSlim]::new()
    $watch = [powershell]::Create().AddScript({
            param($Ended)
            $peak = 0
            do {
                $peak = [Math]::Max($peak, [GC]::GetTotalMemory($false))
            } until ($Ended.Wait(5))
            $peak
        }).AddArgument($ended)
    $watching = $watch.BeginInvoke()
    $taken = Measure-Work { Import-Csv -LiteralPath $Iteration.rowsPath | Set-IotCardBinding @parameters | Out-Null }
    $ended.Set()
    $taken + @{ peakBytes = $watch.EndInvoke($watching)[0] }
}

function Measure-Bare ($Iteration) {
    Measure-Work { Import-Csv -LiteralPath $Iteration.rowsPath | Send-Card -Endpoint $Iteration.endpoint -ThrottleLimit $Iteration.inFlight | Out-Null }
}

function Measure-ByHand ($Iteration) {
    $arguments = @{ Endpoint = $Iteration.endpoint; Path = $Iteration.rowsPath; ThrottleLimit = $Iteration.inFlight }
    Measure-Work { & (Join-Path $PSScriptRoot 'CardsByHand.ps1') @arguments | Out-Null }
}

function Measure-Check ($Iteration) {
    Measure-Work { Import-Csv -LiteralPath $Iteration.rowsPath | Test-IotCardBinding -Operation Rebind | Out-Null }
}

while ($null -ne ($line = [Console]::In.ReadLine())) {
    $Error.Clear()
    try {
        $iteration = ConvertFrom-Json $line
        $value = & "Measure-$($iteration.task)" $iteration
        $reply = if ($Error.Count -gt 0) {
            @{ error = "$($Error.Count) errors, the first of them $($Error[-1].FullyQualifiedErrorId): $($Error[-1])" }
        }
        else {
            @{ value = $value }
        }
    }
    catch {
        $reply = @{ error = "$_`n$($_.ScriptStackTrace)" }
    }

    [Console]::Out.WriteLine((ConvertTo-Json $reply -Compress))
}
