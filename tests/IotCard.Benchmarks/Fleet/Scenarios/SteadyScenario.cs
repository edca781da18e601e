using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>The pace of a real line, 32 in flight at 50 ms: the processor time per card once everything is warm, and the cost of a journal.</summary>
internal sealed class SteadyScenario : IScenario
{
    internal const int InFlight = 32;
    internal const int Latency = 50;

    private const string Pace = "32 in flight, 50 ms";

    public string Name => "steady";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.SteadyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = InFlight };
        var journaled = iteration with { Journal = JournalKind.Automatic };

        // Each in its own process, so that each has handled the same number of cards.
        using var module = harness.StartModule();
        using var recording = harness.StartModule();
        using var http = harness.StartHttp();
        using var node = await NodeClient.StartAsync();
        Runner[] runners =
        [
            new(module, iteration), new(recording, journaled), new(http, iteration), .. node.Subject is { } subject ? [new Runner(subject, iteration)] : Array.Empty<Runner>(),
        ];
        foreach (var runner in runners)
        {
            await harness.RunAsync(runner.Subject, runner.Iteration with { Workload = new Workload(harness.Scale.SteadyWarmUpCards) }, Latency);
        }

        var series = await harness.AlternateAsync(
            harness.Scale.SteadyRepeats, [.. runners.Select(runner => (Func<Task<IterationResult>>)(() => harness.RunAsync(runner.Subject, runner.Iteration, Latency)))]);
        var (ours, recorded, bare) = (series[0], series[1], series[2]);
        var nodeTitle = $"CPU a card, {Pace}, warm, against @alicloud/pop-core";
        var nodeGoal = Goal.AtMost(0.8);
        return
        [
            Comparison.OfRates($"{Pace}, against a bare HttpClient", Goal.AtLeast(0.97), cards, ours.Seconds, bare.Seconds) with
            {
                Remark = string.Create(CultureInfo.InvariantCulture, $"ideal {InFlight * 1000 / Latency} cards a second"),
            },
            Comparison.OfTimes($"CPU a card, {Pace}, warm, against a bare HttpClient", Goal.AtMost(1.1), cards, ours.CpuSeconds, bare.CpuSeconds),
            Comparison.OfTimes($"CPU a card with the automatic journal, {Pace}, warm, against a bare HttpClient", Goal.AtMost(1.25), cards, recorded.CpuSeconds, bare.CpuSeconds),
            node.Subject is null
                ? new Comparison(nodeTitle, nodeGoal) { Skipped = node.Missing }
                : Comparison.OfTimes(nodeTitle, nodeGoal, cards, ours.CpuSeconds, series[3].CpuSeconds),
            Comparison.OfTimes($"automatic journal, {Pace}, against -NoJournal", Goal.AtMost(1.02), cards, recorded.Seconds, ours.Seconds),
        ];
    }
}
