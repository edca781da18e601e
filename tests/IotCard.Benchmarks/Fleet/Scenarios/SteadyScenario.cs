using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>A steady pace once everything is warm: rates, processor time per card, and the cost of the automatic journal.</summary>
internal sealed class SteadyScenario : IScenario
{
    private const string PopCore = "@alicloud/pop-core";
    private const string OpenApiClient = "@alicloud/openapi-client";

    // A script takes so long for a card that fewer tell as much.
    private const int ParallelCards = 640;
    private const int OneByOneCards = 60;

    private static readonly (string Name, string Script, Goal Goal)[] Official =
    [
        (PopCore, "pop-core", Goal.AtMost(0.8)),
        (OpenApiClient, "openapi-client", Goal.AtMost(0.6)),
    ];

    public string Name => "steady";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.SteadyCards;
        var iteration = SteadyPace.Iteration(cards);
        var byHand = iteration with { Task = ShellTask.ByHand };
        var node = await NodeClients.FindAsync();

        // Each in its own process, so that each has handled the same number of cards.
        using var module = harness.StartModule();
        using var recording = harness.StartModule();
        using var http = harness.StartHttp();
        using var oneByOne = harness.StartByHand();
        using var parallel = harness.StartByHand();
        SubjectProcess[] official = node.Missing is null ? [.. Official.Select(static client => NodeClients.Start(client.Script))] : [];
        try
        {
            var series = await SteadyPace.MeasureAsync(
                harness,
                harness.Scale.SteadyRepeats,
                [
                    new(module, iteration),
                    new(recording, iteration with { Journal = JournalKind.Automatic }),
                    new(http, iteration),
                    new(oneByOne, byHand with { Workload = new Workload(OneByOneCards), InFlight = 1 }) { SteadyWarmUpCards = OneByOneCards },
                    new(parallel, byHand with { Workload = new Workload(ParallelCards) }) { SteadyWarmUpCards = ParallelCards },
                    .. official.Select(client => new Runner(client, iteration)),
                ]);
            return Result(cards, series, series[5..], node.Missing);
        }
        finally
        {
            Array.ForEach(official, static client => client.Dispose());
        }
    }

    private static ScenarioResult Result(int cards, Series[] series, Series[] official, string? missing)
    {
        var (ours, recorded, bare) = (series[0], series[1], series[2]);
        return new ScenarioResult(
        [
            .. Official.Select((client, i) =>
            {
                var title = $"CPU a card, {SteadyPace.Text}, warm, against {client.Name}";
                return missing is null
                    ? Comparison.OfTimes(title, client.Goal, cards, ours.CpuSeconds, official[i].CpuSeconds)
                    : new Comparison(title, client.Goal) { Skipped = missing };
            }),
            Comparison.OfTimes($"CPU a card, {SteadyPace.Text}, warm, against a bare HttpClient", null, cards, ours.CpuSeconds, bare.CpuSeconds),
            Comparison.OfRates($"{SteadyPace.Text}, against a bare HttpClient", Goal.AtLeast(0.95), cards, ours.Seconds, bare.Seconds),
            Comparison.OfTimes($"automatic journal, {SteadyPace.Text}, against -NoJournal", Goal.AtMost(1.01), cards, recorded.Seconds, ours.Seconds),
            Comparison.OfTimes($"automatic journal, {SteadyPace.Text}, against -NoJournal: CPU", Goal.AtMost(1.1), cards, recorded.CpuSeconds, ours.CpuSeconds),
        ])
        {
            Figures =
            [
                Figure.Of("hand-made script, one by one", FigureKind.Peer, OneByOneCards, series[3]),
                Figure.Of("hand-made script, ForEach-Object -Parallel", FigureKind.Peer, ParallelCards, series[4]),
                .. official.Select((client, i) => Figure.Of($"{Official[i].Name} (Node)", FigureKind.Peer, cards, client)),
                Figure.Of("IotCard, -NoJournal", FigureKind.Module, cards, ours),
                Figure.Of("IotCard, automatic journal (default)", FigureKind.Module, cards, recorded),
                Figure.Of("bare HttpClient", FigureKind.Limit, cards, bare),
            ],
        };
    }
}
