using System.Diagnostics;
using IotCard.Benchmarks.Subjects;
using IotCard.Demo;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Where the subjects meet: the sandbox's process, the subjects' processes, and the iterations that they run.</summary>
internal sealed class Harness : IDisposable
{
    private const int WarmUpInFlight = 64;

    private readonly DirectoryInfo _folder;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SubjectProcess _sandbox;
    private readonly Lazy<SubjectProcess> _module;
    private readonly Lazy<SubjectProcess> _http;
    private readonly HashSet<SubjectProcess> _warm = [];
    private readonly Dictionary<Workload, string> _rows = [];
    private int _files;

    private Harness(Scale scale, PowerShellTool tool)
    {
        Scale = scale;

        // Beside the program rather than in the system's temporary folder, which may be no disk.
        var runs = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "runs"));
        RemoveLeftovers(runs);
        _folder = runs.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        ModuleFolder = Path.Combine(_folder.FullName, "module");
        ModuleUnderTest.CopyTo(ModuleFolder);
        Shell = new Shell(tool, _folder.FullName);
        _sandbox = SubjectProcess.Start("sandbox");
        _module = new(() => StartModule());
        _http = new(() => StartHttp());
    }

    internal Scale Scale { get; }

    /// <summary>Starts PowerShell.</summary>
    internal Shell Shell { get; }

    /// <summary>The copy of the module that is measured.</summary>
    internal string ModuleFolder { get; }

    /// <summary>Its manifest.</summary>
    internal string Manifest => ModuleUnderTest.ManifestIn(ModuleFolder);

    /// <summary>The module in a shell, shared by the scenarios that want it warm.</summary>
    internal SubjectProcess Module => _module.Value;

    /// <summary>The bare client, likewise.</summary>
    internal SubjectProcess Http => _http.Value;

    /// <summary>Whether there is no time left for repeats.</summary>
    internal bool IsLate => Scale.Deadline != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_start) > Scale.Deadline;

    /// <summary>Makes a harness.</summary>
    /// <exception cref="InvalidOperationException">There is no PowerShell, or the module is not what is to be measured.</exception>
    internal static async Task<Harness> CreateAsync(Scale scale, CancellationToken cancellationToken) =>
        new(scale, await PowerShellTool.RestoreAsync(Console.Out, cancellationToken));

    /// <summary>Starts a shell that has the module.</summary>
    /// <param name="variables">Environment variables that it gets.</param>
    internal SubjectProcess StartModule(params IEnumerable<KeyValuePair<string, string>> variables) =>
        Start("module", Shell.StartInfo("Subject", "subject", Manifest), variables);

    /// <summary>Starts a bare client.</summary>
    /// <param name="variables">Environment variables that it gets.</param>
    internal SubjectProcess StartHttp(params IEnumerable<KeyValuePair<string, string>> variables) =>
        Start("http", SubjectProcess.StartInfo("http", ModuleFolder), variables);

    /// <summary>A file that is not there yet.</summary>
    internal string NewPath(string extension) => Path.Combine(_folder.FullName, $"{++_files}.{extension}");

    /// <summary>The file of a workload's rows.</summary>
    internal string RowsPath(Workload workload)
    {
        if (!_rows.TryGetValue(workload, out var path))
        {
            path = _rows[workload] = NewPath("csv");
            workload.WriteCsv(path);
        }

        return path;
    }

    /// <summary>Lets the runners warm up and then run their iterations.</summary>
    /// <returns>What each took.</returns>
    internal async Task<Series[]> MeasureAsync(int repeats, int latency, params Runner[] runners)
    {
        foreach (var runner in runners)
        {
            await WarmUpAsync(runner);
        }

        return await AlternateAsync(repeats, [.. runners.Select(runner => (Func<Task<IterationResult>>)(() => RunAsync(runner.Subject, runner.Iteration, latency)))]);
    }

    /// <summary>Runs iterations in one order, then in the other, and so on.</summary>
    /// <returns>What each runner took.</returns>
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

    /// <summary>One iteration, against a sandbox of its own; every card must have been carried out that can be.</summary>
    internal async Task<IterationResult> RunAsync(SubjectProcess subject, Iteration iteration, int latency)
    {
        var endpoint = await StartSandboxAsync(iteration.Workload.Cards, latency);
        var result = await subject.AskAsync<IterationResult>(Prepare(iteration, endpoint));
        await StopSandboxAsync(iteration.Workload, iteration.InFlight);
        return result;
    }

    /// <summary>Says what a subject has to know beside what it is to do.</summary>
    internal Iteration Prepare(Iteration iteration, Uri? endpoint) => iteration with
    {
        Endpoint = endpoint,
        AccessKeyId = SandboxOptions.DefaultAccessKey.Id,
        AccessKeySecret = SandboxOptions.DefaultAccessKey.Secret,
        RowsPath = RowsPath(iteration.Workload),
        JournalPath = iteration.Journal == JournalKind.Named ? NewPath("jsonl") : null,
    };

    /// <summary>Starts a sandbox with a fresh fleet.</summary>
    /// <returns>Where it listens.</returns>
    internal async Task<Uri> StartSandboxAsync(int cards, int latency = 0, int outageAfter = 0) =>
        (await AskSandboxAsync(new SandboxOrder(SandboxTask.Start, cards, latency, outageAfter))).Endpoint!;

    /// <summary>Stops the sandbox, and looks at what it executed.</summary>
    /// <exception cref="InvalidOperationException">That is not what it should have.</exception>
    internal async Task StopSandboxAsync(Workload workload, int inFlight)
    {
        var report = await AskSandboxAsync(new SandboxOrder(SandboxTask.Stop));
        Shell.RemoveJournals();
        if (report.Executed != workload.Executed || report.PeakInFlight > inFlight)
        {
            throw new InvalidOperationException(
                $"{report.Executed} of {workload.Executed} cards were executed, {report.PeakInFlight} at once where {inFlight} were allowed.");
        }
    }

    /// <summary>Tells the sandbox's process something.</summary>
    internal Task<SandboxReport> AskSandboxAsync(SandboxOrder order) => _sandbox.AskAsync<SandboxReport>(order);

    public void Dispose()
    {
        foreach (var subject in new[] { _module, _http })
        {
            if (subject.IsValueCreated)
            {
                subject.Value.Dispose();
            }
        }

        _sandbox.Dispose();
        _folder.Delete(recursive: true);
    }

    // What a killed run left behind; no run takes hours.
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

    // A subject's code is compiled for good once it has been busy for a second; later iterations need no more than their own paths.
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
