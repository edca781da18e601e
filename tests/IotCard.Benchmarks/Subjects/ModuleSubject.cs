using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Security;

namespace IotCard.Benchmarks.Subjects;

/// <summary>Ours: the real cmdlet in the real engine. Rows are piped in as <c>Import-Csv</c> makes them; results end in the pipeline.</summary>
internal sealed class ModuleSubject : IDisposable
{
    private const string Script = """
        param($Rows, $Parameters)
        $Rows | Set-IotCardBinding @Parameters | Out-Null
        """;

    private readonly Runspace _runspace;

    internal ModuleSubject(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(manifest);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        RefuseDebugBuild();
    }

    public void Dispose() => _runspace.Dispose();

    internal IterationResult Play(Iteration iteration)
    {
        var workload = new Workload(iteration.Cards, iteration.SharedEvery);
        var rows = Enumerable.Range(0, iteration.Cards).Select(i => Row(workload[i]));
        var input = iteration.WatchMemory ? rows : rows.ToArray();
        var parameters = new Dictionary<string, object>
        {
            ["Endpoint"] = iteration.Endpoint!,
            ["Credential"] = Credential(iteration),
            ["ThrottleLimit"] = iteration.InFlight,
        };
        if (iteration.JournalPath is { } path)
        {
            parameters["JournalPath"] = path;
        }

        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(Script).AddArgument(input).AddArgument(new System.Collections.Hashtable(parameters));
        Garbage.Settle();
        using var memory = iteration.WatchMemory ? new MemoryWatch() : null;
        var start = Stopwatch.GetTimestamp();
        shell.Invoke();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (shell.Streams.Error is [var error, ..])
        {
            throw new InvalidOperationException($"{shell.Streams.Error.Count} errors, the first of them {error.FullyQualifiedErrorId}: {error}");
        }

        memory?.Stop();
        return new IterationResult(seconds, memory?.Peak ?? 0, memory?.PeakAfterCollection ?? 0);
    }

    private static PSObject Row((string Iccid, string Imei, string NewImei) cells)
    {
        var row = new PSObject();
        row.Properties.Add(new PSNoteProperty("Iccid", cells.Iccid));
        row.Properties.Add(new PSNoteProperty("Imei", cells.Imei));
        row.Properties.Add(new PSNoteProperty("NewImei", cells.NewImei));
        return row;
    }

    private static PSCredential Credential(Iteration iteration)
    {
        var secret = new SecureString();
        foreach (var c in iteration.AccessKeySecret)
        {
            secret.AppendChar(c);
        }

        return new PSCredential(iteration.AccessKeyId, secret);
    }

    private static void RefuseDebugBuild()
    {
        var module = AppDomain.CurrentDomain.GetAssemblies().Single(a => a.GetName().Name == "IotCard");
        if (module.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            throw new InvalidOperationException($"{module.Location} is a Debug build: build with -c Release.");
        }
    }
}
