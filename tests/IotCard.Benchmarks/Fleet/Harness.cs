using System.Diagnostics;
using IotCard.Benchmarks.Subjects;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Where the subjects meet: the sandbox's process, the subjects' processes, and the iterations that they take.</summary>
internal sealed class Harness : IDisposable
{
    private const int WarmUpInFlight = 64;

    private readonly DirectoryInfo _folder;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SubjectProcess _sandbox;
    private readonly Lazy<SubjectProcess> _module;
    private readonly Lazy<SubjectProcess> _http;
    private readonly HashSet<SubjectProcess> _warm = [];
    private int _journals;

    internal Harness(Scale scale)
    {
        Scale = scale;

        // Beside the program rather than in the system's temporary folder, which may be no disk.
        var runs = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "runs"));
        RemoveLeftovers(runs);
        _folder = runs.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        ModuleFolder = Path.Combine(_folder.FullName, "module");
        ModuleUnderTest.CopyTo(ModuleFolder);
        _sandbox = SubjectProcess.Start("sandbox");
        _module = new(StartModule);
        _http = new(() => SubjectProcess.Start("http", ModuleFolder));
    }

    internal Scale Scale { get; }

    /// <summary>The copy of the module that is measured.</summary>
    internal string ModuleFolder { get; }

    /// <summary>The cmdlet in the engine.</summary>
    internal SubjectProcess Module => _module.Value;

    /// <summary>The bare client.</summary>
    internal SubjectProcess Http => _http.Value;

    internal SubjectProcess StartModule() => SubjectProcess.Start("module", ModuleUnderTest.ManifestIn(ModuleFolder));

    /// <summary>A journal that is not there yet.</summary>
    internal string NewJournalPath() => Path.Combine(_folder.FullName, $"{++_journals}.jsonl");

    /// <summary>Warms up the runners, then runs iterations in alternating order.</summary>
    /// <returns>What each took.</returns>
    internal async Task<Series[]> PlayAsync(int repeats, int latency, params Runner[] runners)
    {
        foreach (var runner in runners.DistinctBy(p => p.Subject))
        {
            await WarmUpAsync(runner);
        }

        var series = runners.Select(_ => new Series()).ToArray();
        for (var repeat = 0; repeat < repeats && (repeat == 0 || !IsLate); repeat++)
        {
            for (var i = 0; i < runners.Length; i++)
            {
                var place = repeat % 2 == 0 ? i : runners.Length - 1 - i;
                series[place].Add((await RunIterationAsync(runners[place].Subject, runners[place].Iteration, latency)).Seconds);
            }
        }

        return series;
    }

    // What a killed run left behind; no run takes hours.
    private static void RemoveLeftovers(DirectoryInfo runs)
    {
        foreach (var leftover in runs.EnumerateDirectories().Where(d => d.CreationTimeUtc < DateTime.UtcNow.AddHours(-2)))
        {
            leftover.Delete(recursive: true);
        }
    }

    // A subject's code is compiled for good once it has been busy for a second; later iterations need no more than their own paths.
    private async Task WarmUpAsync(Runner runner)
    {
        if (_warm.Add(runner.Subject))
        {
            var thorough = runner.IsSequential
                ? runner.Iteration with { Cards = Scale.WarmUpCards / 8 }
                : runner.Iteration with { Cards = Scale.WarmUpCards, InFlight = WarmUpInFlight };
            await RunIterationAsync(runner.Subject, thorough, latency: 0);
        }

        await RunIterationAsync(runner.Subject, runner.Iteration with { Cards = Scale.WarmUpCards / 8 }, latency: 0);
    }

    /// <summary>One iteration, against a sandbox of its own in the sandbox's process; every card must have been executed.</summary>
    internal async Task<IterationResult> RunIterationAsync(SubjectProcess subject, Iteration iteration, int latency)
    {
        var opened = await _sandbox.AskAsync<SandboxReport>(new SandboxOrder(iteration.Cards, latency));
        var key = SandboxOptions.DefaultAccessKey;
        var result = await subject.AskAsync<IterationResult>(iteration with
        {
            Endpoint = opened.Endpoint,
            AccessKeyId = key.Id,
            AccessKeySecret = key.Secret,
            JournalPath = iteration.JournalPath is null ? null : NewJournalPath(),
        });
        var account = await _sandbox.AskAsync<SandboxReport>(new SandboxOrder(Cards: 0));
        return account.Executed == iteration.Cards && account.PeakInFlight <= iteration.InFlight
            ? result
            : throw new InvalidOperationException(
                $"{account.Executed} of {iteration.Cards} cards were executed, {account.PeakInFlight} at once where {iteration.InFlight} were allowed.");
    }

    /// <summary>Whether there is no time left for repeats.</summary>
    internal bool IsLate => Scale.Deadline != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_start) > Scale.Deadline;

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
}
