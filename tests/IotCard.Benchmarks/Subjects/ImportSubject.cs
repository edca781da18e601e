using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IotCard.Benchmarks.Subjects;

/// <summary>Imports a module, once, in an engine that has done nothing else.</summary>
internal static class ImportSubject
{
    internal static IterationResult Play(string manifest)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();

        // What the first command of a session costs is not the import's.
        Invoke(runspace, "1 | ForEach-Object { $_ } | Out-Null");

        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Import-Module").AddArgument(manifest).AddParameter("ErrorAction", ActionPreference.Stop);
        var start = Stopwatch.GetTimestamp();
        shell.Invoke();
        return new IterationResult(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Invoke(Runspace runspace, string script)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script).Invoke();
    }
}
