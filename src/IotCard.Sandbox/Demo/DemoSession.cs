using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace IotCard.Sandbox.Demo;

/// <summary>A session of the real PowerShell engine with the built module in its module path, as a user has it.</summary>
internal sealed class DemoSession : IDisposable
{
    private readonly Runspace _runspace;

    private DemoSession(Runspace runspace) => _runspace = runspace;

    /// <summary>Opens a session that works on a sandbox.</summary>
    public static DemoSession Open(string modulePath, string folder, Uri endpoint, SandboxAccessKey key)
    {
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_ID", key.Id);
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_ACCESS_KEY_SECRET", key.Secret);
        Environment.SetEnvironmentVariable("ALIBABA_CLOUD_SECURITY_TOKEN", null);

        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        state.ImportPSModule(modulePath);
        LendCsvCommands(state);
        var runspace = RunspaceFactory.CreateRunspace(new TerminalHost(), state);
        runspace.Open();
        runspace.SessionStateProxy.Path.SetLocation(folder);
        using var shell = PowerShell.Create(runspace);
        shell.AddScript("$PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $args[0]").AddArgument(endpoint).Invoke();
        return new DemoSession(runspace);
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>Runs a script, statement by statement, each shown before it runs and its output after it.</summary>
    /// <returns>Whether it ran to its end.</returns>
    public bool Run(string path, CancellationToken cancellationToken)
    {
        var script = Parser.ParseFile(path, out _, out var errors);
        if (errors.Length > 0)
        {
            Console.Error.WriteLine(errors[0].Message);
            return false;
        }

        var shown = 0;
        foreach (var statement in script.EndBlock.Statements)
        {
            var end = statement.Extent.EndOffset;
            Console.WriteLine();
            foreach (var line in script.Extent.Text[shown..end].Trim().ReplaceLineEndings("\n").Split('\n'))
                Console.WriteLine(line.StartsWith('#') ? line : "PS> " + line);
            shown = end;
            if (!RunStatement(statement.Extent.Text, cancellationToken))
                return false;
        }

        Console.WriteLine();
        return true;
    }

    private bool RunStatement(string statement, CancellationToken cancellationToken)
    {
        using var shell = PowerShell.Create(_runspace);
        shell.AddScript(statement, useLocalScope: false).AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        using var stop = cancellationToken.Register(static s => ((PowerShell)s!).Stop(), shell);
        try
        {
            shell.Invoke();
            return !cancellationToken.IsCancellationRequested;
        }
        catch (RuntimeException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return false;
        }
    }

    /// <summary>The engine from NuGet comes without Import-Csv and Export-Csv; where a session lacks them it is lent some.</summary>
    private static void LendCsvCommands(InitialSessionState state)
    {
        foreach (var (name, type) in new[] { ("Import-Csv", typeof(ImportCsvCommand)), ("Export-Csv", typeof(ExportCsvCommand)) })
        {
            if (state.Commands[name].Count == 0)
                state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }
    }
}
