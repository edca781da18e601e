using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class OneByOneScenario : IScenario
{
    public string Name => "one-by-one";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.OneByOneCards;
        var iteration = new Iteration { Workload = new Workload(cards) };
        List<Runner> runners =
        [
            new(harness.Module, iteration),
            new(harness.Http, iteration),
            new(harness.Module, iteration with { Journal = JournalKind.Automatic }),
        ];
        if (harness.BareModule is { } minimum)
        {
            runners.Add(new(minimum, iteration with { Task = ShellTask.Bare }));
        }

        var series = await harness.MeasureAsync(harness.Scale.OneByOneRepeats, latency: 0, [.. runners]);
        return
        [
            Comparison.OfTimes("one by one, no latency, against a bare HttpClient", Goal.AtMost(1.2), cards, series[0].Seconds, series[1].Seconds),
            .. series[3..].Select(minimum =>
                Comparison.OfTimes("one by one with a module that only signs and sends, against a bare HttpClient", null, cards, minimum.Seconds, series[1].Seconds)),
            .. await MeasureNodeAsync(harness, iteration),
            Comparison.OfTimes(
                "automatic journal, one by one, no latency, against -NoJournal", Goal.AtMost(1.15), cards, series[2].Seconds, series[0].Seconds),
        ];
    }

    private static async Task<IReadOnlyList<Comparison>> MeasureNodeAsync(Harness harness, Iteration iteration)
    {
        const string Title = "one by one, no latency, against @alicloud/pop-core";
        var goal = Goal.AtMost(0.35);
        using var node = await NodeClient.StartAsync();
        if (node.Subject is null)
        {
            return [new Comparison(Title, goal) { Skipped = node.Missing }];
        }

        List<Runner> runners = [new(harness.Module, iteration), new(node.Subject, iteration) { IsSequential = true }];
        if (harness.BareModule is { } minimum)
        {
            runners.Add(new(minimum, iteration with { Task = ShellTask.Bare }));
        }

        var cards = iteration.Workload.Cards;
        var series = await harness.MeasureAsync(harness.Scale.NodeRepeats, latency: 0, [.. runners]);
        return
        [
            Comparison.OfTimes(Title, goal, cards, series[0].Seconds, series[1].Seconds),
            .. series[2..].Select(minimum =>
                Comparison.OfTimes("one by one with a module that only signs and sends, against @alicloud/pop-core", null, cards, minimum.Seconds, series[1].Seconds)),
        ];
    }
}
