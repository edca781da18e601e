using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class OneByOneScenario : IScenario
{
    public string Name => "one-by-one";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Harness harness)
    {
        var cards = harness.Scale.OneByOneCards;
        var iteration = new Iteration { Cards = cards };
        var series = await harness.PlayAsync(
            harness.Scale.OneByOneRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(harness.Http, iteration));
        return
        [
            Comparison.OfTimes(
                "one by one, no latency, against a bare HttpClient", new Goal(GoalKind.RatioAtMost, 1.3), cards, series[0], series[1]),
            await PlayNodeAsync(harness, iteration),
        ];
    }

    private static async Task<Comparison> PlayNodeAsync(Harness harness, Iteration iteration)
    {
        const string Title = "one by one, no latency, against @alicloud/pop-core";
        var goal = new Goal(GoalKind.RatioAtMost, 0.5);
        using var node = await NodeClient.StartAsync();
        if (node.Subject is null)
        {
            return new Comparison(Title, goal) { Skipped = node.Missing };
        }

        var series = await harness.PlayAsync(
            harness.Scale.NodeRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(node.Subject, iteration) { IsSequential = true });
        return Comparison.OfTimes(Title, goal, iteration.Cards, series[0], series[1]);
    }
}
