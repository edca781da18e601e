using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class ManyInFlightScenario : IScenario
{
    public string Name => "many";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Harness harness)
    {
        var iteration = new Iteration { Cards = harness.Scale.ManyCards, InFlight = 64 };
        var series = await harness.PlayAsync(
            harness.Scale.ManyRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(harness.Http, iteration));
        return
        [
            Comparison.OfRates(
                "64 in flight, no latency, against a bare HttpClient", new Goal(GoalKind.RatioAtLeast, 0.75), iteration.Cards, series[0], series[1]),
        ];
    }
}
