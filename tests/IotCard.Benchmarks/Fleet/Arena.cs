using System.Diagnostics;
using IotCard.Benchmarks.Sides;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Where the sides meet: the sandbox's process, the sides' processes, and the turns that they take.</summary>
internal sealed class Arena : IDisposable
{
    private const int WarmUpInFlight = 64;

    private readonly DirectoryInfo _folder;
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly SideProcess _sandbox;
    private readonly Lazy<SideProcess> _module;
    private readonly Lazy<SideProcess> _http;
    private readonly HashSet<SideProcess> _warm = [];
    private int _journals;

    internal Arena(Scale scale)
    {
        Scale = scale;

        // Beside the program rather than in the system's temporary folder, which may be no disk.
        var runs = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "runs"));
        RemoveLeftovers(runs);
        _folder = runs.CreateSubdirectory(Guid.NewGuid().ToString("N"));
        ModuleFolder = Path.Combine(_folder.FullName, "module");
        ModuleUnderTest.CopyTo(ModuleFolder);
        _sandbox = SideProcess.Start("sandbox");
        _module = new(StartModule);
        _http = new(() => SideProcess.Start("http", ModuleFolder));
    }

    internal Scale Scale { get; }

    /// <summary>The copy of the module that is measured.</summary>
    internal string ModuleFolder { get; }

    /// <summary>The cmdlet in the engine.</summary>
    internal SideProcess Module => _module.Value;

    /// <summary>The bare client.</summary>
    internal SideProcess Http => _http.Value;

    internal SideProcess StartModule() => SideProcess.Start("module", ModuleUnderTest.ManifestIn(ModuleFolder));

    /// <summary>A journal that is not there yet.</summary>
    internal string NewJournalPath() => Path.Combine(_folder.FullName, $"{++_journals}.jsonl");

    /// <summary>Lets the players warm up and then take turns, first one way round, then the other.</summary>
    /// <returns>What each took.</returns>
    internal async Task<Series[]> PlayAsync(int repeats, int latency, params Player[] players)
    {
        foreach (var player in players.DistinctBy(p => p.Side))
        {
            await WarmUpAsync(player);
        }

        var series = players.Select(_ => new Series()).ToArray();
        for (var repeat = 0; repeat < repeats && (repeat == 0 || !IsLate); repeat++)
        {
            for (var i = 0; i < players.Length; i++)
            {
                var place = repeat % 2 == 0 ? i : players.Length - 1 - i;
                series[place].Add((await PlayTurnAsync(players[place].Side, players[place].Turn, latency)).Seconds);
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

    // A side's code is compiled for good once it has been busy for a second; later turns need no more than their own paths.
    private async Task WarmUpAsync(Player player)
    {
        if (_warm.Add(player.Side))
        {
            var thorough = player.IsSequential
                ? player.Turn with { Cards = Scale.WarmUpCards / 8 }
                : player.Turn with { Cards = Scale.WarmUpCards, InFlight = WarmUpInFlight };
            await PlayTurnAsync(player.Side, thorough, latency: 0);
        }

        await PlayTurnAsync(player.Side, player.Turn with { Cards = Scale.WarmUpCards / 8 }, latency: 0);
    }

    /// <summary>One turn, against a sandbox of its own in the sandbox's process; every card must have been carried out.</summary>
    internal async Task<TurnResult> PlayTurnAsync(SideProcess side, Turn turn, int latency)
    {
        var opened = await _sandbox.AskAsync<SandboxReport>(new SandboxOrder(turn.Cards, latency));
        var key = SandboxOptions.DefaultAccessKey;
        var result = await side.AskAsync<TurnResult>(turn with
        {
            Endpoint = opened.Endpoint,
            AccessKeyId = key.Id,
            AccessKeySecret = key.Secret,
            JournalPath = turn.JournalPath is null ? null : NewJournalPath(),
        });
        var account = await _sandbox.AskAsync<SandboxReport>(new SandboxOrder(Cards: 0));
        return account.CarriedOut == turn.Cards && account.PeakInFlight <= turn.InFlight
            ? result
            : throw new InvalidOperationException(
                $"{account.CarriedOut} of {turn.Cards} cards were carried out, {account.PeakInFlight} at once where {turn.InFlight} were allowed.");
    }

    /// <summary>Whether there is no time left for repeats.</summary>
    internal bool IsLate => Scale.Deadline != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_start) > Scale.Deadline;

    public void Dispose()
    {
        foreach (var side in new[] { _module, _http })
        {
            if (side.IsValueCreated)
            {
                side.Value.Dispose();
            }
        }

        _sandbox.Dispose();
        _folder.Delete(recursive: true);
    }
}
