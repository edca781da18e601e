using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class ManyInFlightScenario : IScenario
{
    public string Name => "many";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.ManyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = 64 };
        var series = await harness.MeasureAsync(
            harness.Scale.ManyRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(harness.Http, iteration));
        return
        [
            Comparison.OfRates(
                "64 in flight, no latency, against a bare HttpClient", Goal.AtLeast(0.85), cards, series[0].Seconds, series[1].Seconds),
        ];
    }
}
