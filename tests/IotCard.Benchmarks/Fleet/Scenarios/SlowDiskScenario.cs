using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>A named journal on a disk with slow flushes.</summary>
internal sealed class SlowDiskScenario : IScenario
{
    private const string Title = $"-JournalPath on a disk whose flush takes 5 ms, {SteadyPace.Text}, against -NoJournal";

    public string Name => "slow-disk";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var goal = Goal.AtMost(1.15);
        var library = harness.NewPath("so");
        if (await SlowDisk.BuildAsync(library) is { } missing)
        {
            return new ScenarioResult(new Comparison(Title, goal) { Skipped = missing });
        }

        var cards = harness.Scale.SteadyCards;
        var iteration = SteadyPace.Iteration(cards);
        using var recording = harness.StartModule(preload: library);
        using var module = harness.StartModule(preload: library);
        var series = await SteadyPace.MeasureAsync(
            harness, harness.Scale.SlowDiskRepeats, new Runner(recording, iteration with { Journal = JournalKind.Named }), new Runner(module, iteration));
        return new ScenarioResult(Comparison.OfTimes(Title, goal, cards, series[0].Seconds, series[1].Seconds))
        {
            Figures = [Figure.Of("IotCard, -JournalPath, 5 ms a flush", FigureKind.Module, cards, series[0])],
        };
    }
}
