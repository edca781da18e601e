using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using IotCard.Sandbox;
using Microsoft.Extensions.Time.Testing;
using Microsoft.PowerShell;

namespace IotCard.Tests.Hosting;

/// <summary>The real engine with the built module imported, as a user has it, configured for a sandbox of its own.</summary>
internal sealed class ModuleSession : IAsyncDisposable
{
    private readonly Runspace _runspace;
    private PowerShell? _running;

    private ModuleSession(SandboxService sandbox, Runspace runspace, ScriptedHost host)
    {
        Sandbox = sandbox;
        _runspace = runspace;
        Host = host;
    }

    internal static string ModulePath { get; } = typeof(ModuleSession).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "ModulePath").Value!;

    internal SandboxService Sandbox { get; }

    internal ScriptedHost Host { get; }

    public async ValueTask DisposeAsync()
    {
        _runspace.Dispose();
        await Sandbox.DisposeAsync();
    }

    /// <summary>Opens a session with a fleet, responses to prompts, and a key in <c>$PSDefaultParameterValues</c>.</summary>
    internal static async Task<ModuleSession> OpenAsync(
        SandboxOptions? options = null, string culture = "en-US", string[]? answers = null, bool withKey = true, int? columns = null)
    {
        options ??= new SandboxOptions();
        var sandbox = await SandboxService.StartAsync(options, TestContext.Current.CancellationToken);
        var host = new ScriptedHost(CultureInfo.GetCultureInfo(culture), answers ?? []) { Columns = columns };
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule(ModulePath);
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
        {
            // A host without a configuration of its own has the system's default, which loads no views on a Windows client.
            state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        }

        var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        var session = new ModuleSession(sandbox, runspace, host);
        session.SetVariable("Endpoint", sandbox.Endpoint);
        session.Run("$PSDefaultParameterValues['*-IotCardBinding:Endpoint'] = $Endpoint");
        if (withKey)
        {
            var key = options.AccessKeys.First();
            session.SetVariable("Credential", Credential(key.Id, key.Secret));
            session.Run("$PSDefaultParameterValues['*-IotCardBinding:Credential'] = $Credential");
        }

        return session;
    }

    /// <summary>A row for every card of the fleet, to unbind it.</summary>
    internal PSObject[] Rows() => [.. Sandbox.Fleet.Cards.Select(c => Commands.Rows.Unbind(c.Iccid, c.Imei))];

    internal static PSCredential Credential(string id, string secret)
    {
        var password = new System.Security.SecureString();
        foreach (var c in secret)
        {
            password.AppendChar(c);
        }

        return new PSCredential(id, password);
    }

    internal void SetVariable(string name, object? value) => _runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Stops the running script, as Ctrl+C does.</summary>
    internal Action Stopper => () => _running!.BeginStop(null, null);

    /// <summary>Closes the session while a script runs in it, as an application does that exits.</summary>
    internal Action Closer => _runspace.CloseAsync;

    /// <summary>Waits until the sandbox has answered everything that has arrived.</summary>
    internal async Task WaitUntilIdleAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Sandbox.Log.InFlight > 0)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs a script and rethrows its terminating error.</summary>
    internal Streams RunCatching(string script, params object[] input) => Run("try { " + script + " } catch { throw }", input);

    /// <summary>
    /// Runs a script to its end. The sandbox responds, by its own clock, only when the test says so, given how many
    /// requests are in flight and how many were answered.
    /// </summary>
    internal async Task<Streams> RunHeldAsync(FakeTimeProvider clock, Func<int, int, bool> mayRespond, string script, params object[] input)
    {
        var running = Task.Run(() => Run(script, input), TestContext.Current.CancellationToken);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!running.IsCompleted)
        {
            // In this order: a response is counted before its request leaves flight, and before the client sends the next. And
            // only once all that are in flight wait for the clock: one that does not yet would miss its turn.
            var inFlight = Sandbox.Log.InFlight;
            var waiting = Sandbox.Log.HeldBack;
            var answered = (int)Sandbox.Log.Responses.Values.Sum();
            if (waiting == inFlight && mayRespond(inFlight, answered))
            {
                clock.Advance(TimeSpan.FromMilliseconds(5));
            }

            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return await running;
    }

    /// <summary>Runs a script, and stops it as Ctrl+C does once its progress shows a time left.</summary>
    internal Streams RunUntilItWaits(string script)
    {
        // One that never waits is stopped too, and its streams tell.
        using var limit = new Timer(_ => Stopper(), state: null, TimeSpan.FromMinutes(2), Timeout.InfiniteTimeSpan);
        return Run(script, [], record =>
        {
            if (record.SecondsRemaining > 0)
            {
                Stopper();
            }
        });
    }

    /// <summary>Runs a script to its end.</summary>
    internal Streams Run(string script, params object[] input) => Run(script, input, static _ => { });

    private Streams Run(string script, object[] input, Action<ProgressRecord> onProgress)
    {
        using var shell = PowerShell.Create(_runspace);
        _running = shell;
        shell.Streams.Progress.DataAdded += (_, added) => onProgress(shell.Streams.Progress[added.Index]);
        shell.AddScript(script);
        var start = Stopwatch.GetTimestamp();
        Exception? terminated = null;
        var output = new PSDataCollection<PSObject>();
        try
        {
            shell.Invoke(input, output);
        }
        catch (RuntimeException failure)
        {
            terminated = failure;
        }

        // This engine has only the core commands. A script that lacks one would do nothing, and prove nothing.
        Assert.DoesNotContain(shell.Streams.Error, static e => e.Exception is CommandNotFoundException);
        Assert.IsNotType<CommandNotFoundException>(terminated);

        return new Streams(
            [.. output],
            [.. shell.Streams.Error],
            [.. shell.Streams.Verbose.Select(r => r.Message)],
            [.. shell.Streams.Warning.Select(r => r.Message)],
            [.. shell.Streams.Debug.Select(r => r.Message)],
            [.. shell.Streams.Information.Select(r => r.ToString())],
            [.. shell.Streams.Progress],
            Stopwatch.GetElapsedTime(start),
            terminated);
    }
}
