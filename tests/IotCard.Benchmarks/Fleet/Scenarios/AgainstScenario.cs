using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>Two builds of the module side by side: rates, processor time per card, peak memory and the cost of flushes.</summary>
/// <param name="folder">The folder of the other build.</param>
internal sealed class AgainstScenario(string folder) : IScenario
{
    private const string Suffix = ", this build against the other";

    public string Name => "against";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var other = ModuleUnderTest.ManifestIn(harness.CopyModule(folder));
        return new ScenarioResult(
        [
            .. await CompareSteadyAsync(harness, other, JournalKind.None, "no journal"),
            .. await CompareSteadyAsync(harness, other, JournalKind.Automatic, "automatic journal"),
            .. await CompareSlowDiskAsync(harness, other),
            .. await CompareManyAsync(harness, other),
            await ComparePeakAsync(harness, other),
        ]);
    }

    private static async Task<IReadOnlyList<Comparison>> CompareSteadyAsync(
        Harness harness, string other, JournalKind journal, string title, string? preload = null)
    {
        using var ours = harness.StartModule(preload: preload);
        using var theirs = harness.StartModule(other, preload);
        var cards = harness.Scale.SteadyCards;
        var iteration = SteadyPace.Iteration(cards) with { Journal = journal };
        var series = await SteadyPace.MeasureAsync(
            harness, harness.Scale.SteadyRepeats, new Runner(ours, iteration), new Runner(theirs, iteration));
        return Compare($"{SteadyPace.Text}, {title}", cards, series);
    }

    private static async Task<IReadOnlyList<Comparison>> CompareSlowDiskAsync(Harness harness, string other)
    {
        const string Title = "-JournalPath, 5 ms a flush";
        var library = harness.NewPath("so");
        return await SlowDisk.BuildAsync(library) is { } missing
            ? [new Comparison(Title, Goal: null) { Skipped = missing }]
            : await CompareSteadyAsync(harness, other, JournalKind.Named, Title, library);
    }

    private static async Task<IReadOnlyList<Comparison>> CompareManyAsync(Harness harness, string other)
    {
        using var theirs = harness.StartModule(other);
        var cards = harness.Scale.ManyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = ManyInFlightScenario.InFlight };
        var series = await harness.MeasureAsync(
            harness.Scale.ManyRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(theirs, iteration));
        return Compare("64 in flight, no latency, no journal", cards, series);
    }

    private static IReadOnlyList<Comparison> Compare(string title, int cards, Series[] series) =>
    [
        Comparison.OfRates($"rate, {title}{Suffix}", null, cards, series[0].Seconds, series[1].Seconds),
        Comparison.OfTimes($"CPU a card, {title}{Suffix}", null, cards, series[0].CpuSeconds, series[1].CpuSeconds),
    ];

    private static async Task<Comparison> ComparePeakAsync(Harness harness, string other)
    {
        var series = await harness.AlternateAsync(harness.Scale.FirstRepeats, () => WatchAsync(harness.Manifest), () => WatchAsync(other));
        return Comparison.OfMegabytes(
            string.Create(CultureInfo.InvariantCulture, $"peak managed memory, {LongRunScenario.Rows:N0} rows, 64 in flight, automatic journal{Suffix}"),
            series[0].PeakBytes,
            series[1].PeakBytes);

        async Task<IterationResult> WatchAsync(string manifest)
        {
            using var module = harness.StartModule(manifest);
            return await harness.RunAsync(
                module,
                new Iteration { Task = ShellTask.Peak, Workload = new Workload(LongRunScenario.Rows), InFlight = ManyInFlightScenario.InFlight, Journal = JournalKind.Automatic },
                latency: 0);
        }
    }
}
