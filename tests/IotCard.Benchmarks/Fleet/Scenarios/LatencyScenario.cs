using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class LatencyScenario : IScenario
{
    private const int InFlight = 32;
    private const int Latency = 50;

    public string Name => "latency";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Harness harness)
    {
        var cards = harness.Scale.LatencyCards;
        var iteration = new Iteration { Cards = cards, InFlight = InFlight };
        var journaled = iteration with { JournalPath = string.Empty };
        var series = await harness.PlayAsync(
            harness.Scale.LatencyRepeats, Latency, new Runner(harness.Module, journaled), new Runner(harness.Http, iteration), new Runner(harness.Module, iteration));

        var ideal = InFlight * 1000 / Latency;
        var rate = Comparison.OfRates(
            "32 in flight, 50 ms, against a bare HttpClient", new Goal(GoalKind.RatioAtLeast, 0.97), cards, series[2], series[1]);
        return
        [
            rate with { Remark = string.Create(CultureInfo.InvariantCulture, $"ideal {ideal} cards a second") },
            Comparison.OfTimes(
                "journal on, 32 in flight, 50 ms, against journal off", new Goal(GoalKind.RatioAtMost, 1.05), cards, series[0], series[2]),
        ];
    }
}
