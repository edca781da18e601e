using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>A named journal on a disk with slow flushes.</summary>
internal sealed class SlowDiskScenario : IScenario
{
    private const string Title = "-JournalPath on a disk whose flush takes 5 ms, 32 in flight, 50 ms, against -NoJournal";

    public string Name => "slow-disk";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var goal = Goal.AtMost(1.15);
        var library = harness.NewPath("so");
        if (await SlowDisk.BuildAsync(library) is { } missing)
        {
            return [new Comparison(Title, goal) { Skipped = missing }];
        }

        var cards = harness.Scale.SteadyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = SteadyScenario.InFlight };
        using var module = harness.StartModule(KeyValuePair.Create("LD_PRELOAD", library));
        Runner[] runners = [new(module, iteration with { Journal = JournalKind.Named }), new(module, iteration)];
        foreach (var runner in runners)
        {
            await harness.RunAsync(module, runner.Iteration with { Workload = new Workload(harness.Scale.SteadyWarmUpCards) }, latency: 0);
            await harness.RunAsync(module, runner.Iteration with { Workload = new Workload(harness.Scale.SteadyCards / 2) }, SteadyScenario.Latency);
        }

        var series = await harness.AlternateAsync(
            harness.Scale.SlowDiskRepeats, [.. runners.Select(runner => (Func<Task<IterationResult>>)(() => harness.RunAsync(module, runner.Iteration, SteadyScenario.Latency)))]);
        return [Comparison.OfTimes(Title, goal, cards, series[0].Seconds, series[1].Seconds)];
    }
}
