using System.Globalization;
using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class LatencyContest : IContest
{
    private const int InFlight = 32;
    private const int Latency = 50;

    public string Name => "latency";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var cards = arena.Scale.LatencyCards;
        var turn = new Turn { Cards = cards, InFlight = InFlight };
        var journaled = turn with { JournalPath = string.Empty };
        var series = await arena.PlayAsync(
            arena.Scale.LatencyRepeats, Latency, new Player(arena.Module, journaled), new Player(arena.Http, turn), new Player(arena.Module, turn));

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
