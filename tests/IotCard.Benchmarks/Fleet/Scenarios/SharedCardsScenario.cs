using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class SharedCardsScenario : IScenario
{
    private const int Latency = 20;

    public string Name => "shared";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.SharedCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = 32 };
        var series = await harness.MeasureAsync(
            harness.Scale.SharedRepeats,
            Latency,
            new Runner(harness.Module, iteration with { Workload = new Workload(cards, SharesCards: true) }),
            new Runner(harness.Module, iteration));
        return new ScenarioResult(
            Comparison.OfTimes(
                "every 20th row shares a card, 32 in flight, 20 ms, against no sharing", Goal.AtMost(1.2), cards, series[0].Seconds, series[1].Seconds));
    }
}
