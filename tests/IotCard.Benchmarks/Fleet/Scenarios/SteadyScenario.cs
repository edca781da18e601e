using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>The pace of a real line, 32 in flight at 50 ms: the processor time per card once everything is warm, and the cost of a journal.</summary>
internal sealed class SteadyScenario : IScenario
{
    internal const int InFlight = 32;
    internal const int Latency = 50;

    private const string Pace = "32 in flight, 50 ms";
    private const string NodeTitle = $"CPU a card, {Pace}, warm, against @alicloud/pop-core";

    private static readonly Goal NodeGoal = Goal.AtMost(0.8);

    public string Name => "steady";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.SteadyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = InFlight, WaitsForCompiler = true };
        var journaled = iteration with { Journal = JournalKind.Automatic };

        // Each in its own process, so that each has handled the same number of cards.
        using var module = harness.StartModule();
        using var recording = harness.StartModule();
        using var http = harness.StartHttp();
        using var bareModule = harness.Scale.IsQuick ? null : harness.StartBareModule();
        using var node = await NodeClient.StartAsync();
        List<Runner> runners = [new(module, iteration), new(recording, journaled), new(http, iteration)];
        if (node.Subject is { } official)
        {
            runners.Add(new(official, iteration));
        }

        if (bareModule is not null)
        {
            runners.Add(new(bareModule, iteration with { Task = ShellTask.Bare }));
        }

        foreach (var runner in runners)
        {
            await harness.RunAsync(runner.Subject, runner.Iteration with { Workload = new Workload(harness.Scale.SteadyWarmUpCards) }, Latency);
        }

        var series = await harness.AlternateAsync(
            harness.Scale.SteadyRepeats, [.. runners.Select(runner => (Func<Task<IterationResult>>)(() => harness.RunAsync(runner.Subject, runner.Iteration, Latency)))]);
        var (ours, recorded, bare) = (series[0], series[1], series[2]);
        var theirs = node.Subject is null ? null : series[3];
        var minimum = bareModule is null ? null : series[^1];
        return
        [
            Comparison.OfRates($"{Pace}, against a bare HttpClient", Goal.AtLeast(0.97), cards, ours.Seconds, bare.Seconds) with
            {
                Remark = string.Create(CultureInfo.InvariantCulture, $"ideal {InFlight * 1000 / Latency} cards a second"),
            },
            Comparison.OfTimes($"CPU a card, {Pace}, warm, against a bare HttpClient", Goal.AtMost(1.1), cards, ours.CpuSeconds, bare.CpuSeconds),
            Comparison.OfTimes($"CPU a card with the automatic journal, {Pace}, warm, against a bare HttpClient", Goal.AtMost(1.25), cards, recorded.CpuSeconds, bare.CpuSeconds),
            .. Minimum("a bare HttpClient", bare),
            theirs is null
                ? new Comparison(NodeTitle, NodeGoal) { Skipped = node.Missing }
                : Comparison.OfTimes(NodeTitle, NodeGoal, cards, ours.CpuSeconds, theirs.CpuSeconds),
            .. Minimum("@alicloud/pop-core", theirs),
            Comparison.OfTimes($"automatic journal, {Pace}, against -NoJournal", Goal.AtMost(1.02), cards, recorded.Seconds, ours.Seconds),
        ];

        IEnumerable<Comparison> Minimum(string name, Series? other) => minimum is null || other is null
            ? []
            : [Comparison.OfTimes($"CPU a card, warm, with a module that only signs and sends, against {name}", null, cards, minimum.CpuSeconds, other.CpuSeconds)];
    }
}
