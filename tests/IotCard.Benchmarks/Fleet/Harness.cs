using IotCard.Benchmarks.Shells;
using IotCard.Benchmarks.Subjects;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Owns the processes of the sandbox and the subjects, and runs their iterations.</summary>
internal sealed class Harness : IDisposable
{
    private const int WarmUpInFlight = 64;

    private readonly DirectoryInfo _folder;
    private readonly SubjectProcess _sandbox;
    private readonly Lazy<SubjectProcess> _module;
    private readonly Lazy<SubjectProcess> _bareModule;
    private readonly HashSet<SubjectProcess> _warm = [];
    private readonly Dictionary<Workload, string> _rows = [];
    private int _files;

    private Harness(Scale scale, DirectoryInfo folder, Shell shell)
    {
        Scale = scale;
        _folder = folder;
        Shell = shell;
        ModuleFolder = CopyModule(BuildMetadata.ModulePath);
        _sandbox = SubjectProcess.Start("sandbox");
        _module = new(() => StartModule());
        _bareModule = new(StartBareModule);
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

    /// <summary>The module that only signs and sends, shared likewise.</summary>
    internal SubjectProcess BareModule => _bareModule.Value;

    /// <summary>Creates a harness.</summary>
    /// <exception cref="InvalidOperationException">There is no PowerShell, or the module is a Debug build.</exception>
    internal static async Task<Harness> CreateAsync(Scale scale, CancellationToken cancellationToken)
    {
        // Next to the program, because the system's temporary folder may not be on a disk.
        var runs = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "runs"));
        RemoveLeftovers(runs);
        var folder = runs.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        return new Harness(scale, folder, await Shell.FindAsync(folder.FullName, cancellationToken));
    }

    /// <summary>Copies a build of the module.</summary>
    /// <returns>The folder of the copy.</returns>
    internal string CopyModule(string folder)
    {
        var copy = NewPath("module");
        ModuleUnderTest.Copy(folder, copy);
        return copy;
    }

    /// <summary>Starts a shell with the module.</summary>
    /// <param name="manifest">The manifest of the build; null for the one that is measured.</param>
    /// <param name="preload">A library to preload; null for none.</param>
    internal SubjectProcess StartModule(string? manifest = null, string? preload = null)
    {
        var start = Shell.StartInfo("Subject", "subject", manifest ?? Manifest);
        if (preload is not null)
        {
            start.Environment["LD_PRELOAD"] = preload;
        }

        return new SubjectProcess("module", start);
    }

    /// <summary>Starts a shell with the module that only signs and sends.</summary>
    internal SubjectProcess StartBareModule() => new("bare-module", Shell.StartInfo("Subject", "bare-subject", ModuleUnderTest.BareManifest));

    /// <summary>Starts a shell without a module, for the hand-made script.</summary>
    internal SubjectProcess StartByHand() => new("by-hand", Shell.StartInfo("Subject", "by-hand-subject"));

    /// <summary>Starts a bare client.</summary>
    internal SubjectProcess StartHttp() => SubjectProcess.Start("http", ModuleFolder);

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

        return await AlternateAsync(repeats, [.. runners.Select(runner => Repeatable(runner, latency))]);
    }

    /// <summary>A runner's iteration, to be repeated.</summary>
    internal Func<Task<IterationResult>> Repeatable(Runner runner, int latency) => () => RunAsync(runner.Subject, runner.Iteration, latency);

    /// <summary>Runs iterations in one order, then in the reverse order, and so on.</summary>
    /// <returns>The results of each runner.</returns>
    internal async Task<Series[]> AlternateAsync(int repeats, params Func<Task<IterationResult>>[] runners)
    {
        var series = runners.Select(_ => new Series()).ToArray();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            for (var i = 0; i < runners.Length; i++)
            {
                var place = repeat % 2 == 0 ? i : runners.Length - 1 - i;
                series[place].Add(await runners[place]());
            }
        }

        return series;
    }

    /// <summary>Runs one iteration against its own sandbox, which must have executed every row.</summary>
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
    internal async Task<Uri> StartSandboxAsync(int cards, int latency = 0, int outageAfter = 0, ServiceCertificate? certificate = null) =>
        (await SendToSandboxAsync(new SandboxRequest(SandboxTask.Start, cards, latency, outageAfter, certificate))).Endpoint!;

    /// <summary>Stops the sandbox, and checks what it executed.</summary>
    /// <exception cref="InvalidOperationException">It did not execute what it should have.</exception>
    internal async Task StopSandboxAsync(Workload workload, int inFlight)
    {
        var report = await SendToSandboxAsync(new SandboxRequest(SandboxTask.Stop));
        Shell.RemoveJournals();
        if (report.Executed != workload.Cards || report.PeakInFlight > inFlight)
        {
            throw new InvalidOperationException(
                $"{report.Executed} of {workload.Cards} cards were executed, {report.PeakInFlight} at once where {inFlight} were allowed.");
        }
    }

    /// <summary>Sends a request to the sandbox's process.</summary>
    internal Task<SandboxReport> SendToSandboxAsync(SandboxRequest request) => _sandbox.SendAsync<SandboxReport>(request);

    public void Dispose()
    {
        foreach (var subject in new[] { _module, _bareModule })
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

    /// <summary>Lets a runner's subject handle cards as fast as it goes.</summary>
    /// <remarks>Most code is optimized once a subject has been busy for a second; later warm-ups only cover paths of their own.</remarks>
    internal async Task WarmUpAsync(Runner runner)
    {
        var brief = runner.Iteration with { Workload = runner.Iteration.Workload with { Cards = Scale.WarmUpCards / 8 } };
        if (_warm.Add(runner.Subject))
        {
            var thorough = runner.Iteration with { Workload = new Workload(Scale.WarmUpCards), InFlight = WarmUpInFlight };
            await RunAsync(runner.Subject, thorough, latency: 0);
        }

        await RunAsync(runner.Subject, brief, latency: 0);
    }
}
