using System.Diagnostics;
using IotCard.Benchmarks.Subjects;
using IotCard.Demo;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Owns the processes of the sandbox and the subjects, and runs their iterations.</summary>
internal sealed class Harness : IDisposable
{
    private const int WarmUpInFlight = 64;

    private readonly DirectoryInfo _folder;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SubjectProcess _sandbox;
    private readonly Lazy<SubjectProcess> _module;
    private readonly Lazy<SubjectProcess> _bareModule;
    private readonly Lazy<SubjectProcess> _http;
    private readonly HashSet<SubjectProcess> _warm = [];
    private readonly Dictionary<Workload, string> _rows = [];
    private int _files;

    private Harness(Scale scale, PowerShellTool tool)
    {
        Scale = scale;

        // Next to the program, because the system's temporary folder may not be on a disk.
        var runs = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "runs"));
        RemoveLeftovers(runs);
        _folder = runs.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        ModuleFolder = Path.Combine(_folder.FullName, "module");
        ModuleUnderTest.CopyTo(ModuleFolder);
        Shell = new Shell(tool, _folder.FullName);
        _sandbox = SubjectProcess.Start("sandbox");
        _module = new(() => StartModule());
        _bareModule = new(() => StartBareModule());
        _http = new(() => StartHttp());
    }

    internal Scale Scale { get; }

    /// <summary>Starts PowerShell.</summary>
    internal Shell Shell { get; }

    /// <summary>The folder with the measured copy of the module.</summary>
    internal string ModuleFolder { get; }

    /// <summary>The manifest of that copy.</summary>
    internal string Manifest => ModuleUnderTest.ManifestIn(ModuleFolder);

    /// <summary>The module in a shell, shared by the scenarios that need it warm.</summary>
    internal SubjectProcess Module => _module.Value;

    /// <summary>The module that only signs and sends, shared likewise. <c>--quick</c> leaves it out.</summary>
    internal SubjectProcess? BareModule => Scale.IsQuick ? null : _bareModule.Value;

    /// <summary>The bare client, shared likewise.</summary>
    internal SubjectProcess Http => _http.Value;

    /// <summary>Whether the time for repeats is over.</summary>
    internal bool IsLate => Scale.Deadline != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_start) > Scale.Deadline;

    /// <summary>Creates a harness.</summary>
    /// <exception cref="InvalidOperationException">There is no PowerShell, or the module is a Debug build.</exception>
    internal static async Task<Harness> CreateAsync(Scale scale, CancellationToken cancellationToken) =>
        new(scale, await PowerShellTool.RestoreAsync(Console.Out, cancellationToken));

    /// <summary>Starts a shell with the module.</summary>
    /// <param name="variables">Additional environment variables.</param>
    internal SubjectProcess StartModule(params IEnumerable<KeyValuePair<string, string>> variables) =>
        Start("module", Shell.StartInfo("Subject", "subject", Manifest), variables);

    /// <summary>Starts a shell with the module that only signs and sends.</summary>
    internal SubjectProcess StartBareModule() => new("bare-module", Shell.StartInfo("Subject", "bare-subject", ModuleUnderTest.BareManifest));

    /// <summary>Starts a bare client.</summary>
    /// <param name="variables">Additional environment variables.</param>
    internal SubjectProcess StartHttp(params IEnumerable<KeyValuePair<string, string>> variables) =>
        Start("http", SubjectProcess.StartInfo("http", ModuleFolder), variables);

    /// <summary>The path of a new file.</summary>
    internal string NewPath(string extension) => Path.Combine(_folder.FullName, $"{++_files}.{extension}");

    /// <summary>The path of a workload's rows, which are written if needed.</summary>
    internal string RowsPath(Workload workload)
    {
        if (!_rows.TryGetValue(workload, out var path))
        {
            path = _rows[workload] = NewPath("csv");
            workload.WriteCsv(path);
        }

        return path;
    }

    /// <summary>Warms the runners up and runs their iterations.</summary>
    /// <returns>The results of each runner.</returns>
    internal async Task<Series[]> MeasureAsync(int repeats, int latency, params Runner[] runners)
    {
        foreach (var runner in runners)
        {
            await WarmUpAsync(runner);
        }

        return await AlternateAsync(repeats, [.. runners.Select(runner => (Func<Task<IterationResult>>)(() => RunAsync(runner.Subject, runner.Iteration, latency)))]);
    }

    /// <summary>Runs iterations in one order, then in the reverse order, and so on.</summary>
    /// <returns>The results of each runner.</returns>
    internal async Task<Series[]> AlternateAsync(int repeats, params Func<Task<IterationResult>>[] runners)
    {
        var series = runners.Select(_ => new Series()).ToArray();
        for (var repeat = 0; repeat < repeats && (repeat == 0 || !IsLate); repeat++)
        {
            for (var i = 0; i < runners.Length; i++)
            {
                var place = repeat % 2 == 0 ? i : runners.Length - 1 - i;
                series[place].Add(await runners[place]());
            }
        }

        return series;
    }

    /// <summary>Runs one iteration against its own sandbox, which must have executed every card that it can.</summary>
    internal async Task<IterationResult> RunAsync(SubjectProcess subject, Iteration iteration, int latency)
    {
        var endpoint = await StartSandboxAsync(iteration.Workload.Cards, latency);
        var result = await subject.SendAsync<IterationResult>(Prepare(iteration, endpoint));
        await StopSandboxAsync(iteration.Workload, iteration.InFlight);
        return result;
    }

    /// <summary>Adds what a subject needs to know to run an iteration.</summary>
    internal Iteration Prepare(Iteration iteration, Uri? endpoint) => iteration with
    {
        Endpoint = endpoint,
        AccessKeyId = SandboxOptions.DefaultAccessKey.Id,
        AccessKeySecret = SandboxOptions.DefaultAccessKey.Secret,
        RowsPath = RowsPath(iteration.Workload),
        JournalPath = iteration.Journal == JournalKind.Named ? NewPath("jsonl") : null,
    };

    /// <summary>Starts a sandbox with a new fleet.</summary>
    /// <returns>Its endpoint.</returns>
    internal async Task<Uri> StartSandboxAsync(int cards, int latency = 0, int outageAfter = 0) =>
        (await SendToSandboxAsync(new SandboxRequest(SandboxTask.Start, cards, latency, outageAfter))).Endpoint!;

    /// <summary>Stops the sandbox, and checks what it executed.</summary>
    /// <exception cref="InvalidOperationException">It did not execute what it should have.</exception>
    internal async Task StopSandboxAsync(Workload workload, int inFlight)
    {
        var report = await SendToSandboxAsync(new SandboxRequest(SandboxTask.Stop));
        Shell.RemoveJournals();
        if (report.Executed != workload.Executed || report.PeakInFlight > inFlight)
        {
            throw new InvalidOperationException(
                $"{report.Executed} of {workload.Executed} cards were executed, {report.PeakInFlight} at once where {inFlight} were allowed.");
        }
    }

    /// <summary>Sends a request to the sandbox's process.</summary>
    internal Task<SandboxReport> SendToSandboxAsync(SandboxRequest request) => _sandbox.SendAsync<SandboxReport>(request);

    public void Dispose()
    {
        foreach (var subject in new[] { _module, _bareModule, _http })
        {
            if (subject.IsValueCreated)
            {
                subject.Value.Dispose();
            }
        }

        _sandbox.Dispose();
        _folder.Delete(recursive: true);
    }

    // A killed run leaves its folder behind; no run takes hours.
    private static void RemoveLeftovers(DirectoryInfo runs)
    {
        foreach (var leftover in runs.EnumerateDirectories().Where(d => d.CreationTimeUtc < DateTime.UtcNow.AddHours(-2)))
        {
            leftover.Delete(recursive: true);
        }
    }

    private static SubjectProcess Start(string name, ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (variable, value) in variables)
        {
            start.Environment[variable] = value;
        }

        return new SubjectProcess(name, start);
    }

    // Most code is optimized once a subject has been busy for a second; later warm-ups only cover paths of their own.
    private async Task WarmUpAsync(Runner runner)
    {
        var brief = runner.Iteration with { Workload = runner.Iteration.Workload with { Cards = Scale.WarmUpCards / 8 } };
        if (_warm.Add(runner.Subject))
        {
            var thorough = runner.IsSequential ? brief : runner.Iteration with { Workload = new Workload(Scale.WarmUpCards), InFlight = WarmUpInFlight };
            await RunAsync(runner.Subject, thorough, latency: 0);
        }

        await RunAsync(runner.Subject, brief, latency: 0);
    }
}
