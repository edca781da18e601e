using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class OneByOneScenario : IScenario
{
    public string Name => "one-by-one";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.OneByOneCards;
        var iteration = new Iteration { Workload = new Workload(cards) };
        var series = await harness.MeasureAsync(
            harness.Scale.OneByOneRepeats,
            latency: 0,
            new Runner(harness.Module, iteration),
            new Runner(harness.Http, iteration),
            new Runner(harness.Module, iteration with { Journal = JournalKind.Automatic }));
        return
        [
            Comparison.OfTimes("one by one, no latency, against a bare HttpClient", Goal.AtMost(1.2), cards, series[0].Seconds, series[1].Seconds),
            await MeasureNodeAsync(harness, iteration),
            Comparison.OfTimes(
                "automatic journal, one by one, no latency, against -NoJournal", Goal.AtMost(1.15), cards, series[2].Seconds, series[0].Seconds),
        ];
    }

    private static async Task<Comparison> MeasureNodeAsync(Harness harness, Iteration iteration)
    {
        const string Title = "one by one, no latency, against @alicloud/pop-core";
        var goal = Goal.AtMost(0.35);
        using var node = await NodeClient.StartAsync();
        if (node.Subject is null)
        {
            return new Comparison(Title, goal) { Skipped = node.Missing };
        }

        var series = await harness.MeasureAsync(
            harness.Scale.NodeRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(node.Subject, iteration) { IsSequential = true });
        return Comparison.OfTimes(Title, goal, iteration.Workload.Cards, series[0].Seconds, series[1].Seconds);
    }
}
