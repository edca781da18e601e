using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class SharedCardsScenario : IScenario
{
    private const int Latency = 20;

    public string Name => "shared";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Harness harness)
    {
        var iteration = new Iteration { Cards = harness.Scale.SharedCards, InFlight = 32 };
        var series = await harness.PlayAsync(
            harness.Scale.SharedRepeats, Latency, new Runner(harness.Module, iteration with { SharedEvery = 20 }), new Runner(harness.Module, iteration));
        return
        [
            Comparison.OfTimes(
                "every 20th row shares a card, 32 in flight, 20 ms, against no sharing", new Goal(GoalKind.RatioAtMost, 1.2), iteration.Cards, series[0], series[1]),
        ];
    }
}
