using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class ManyInFlightContest : IContest
{
    public string Name => "many";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var turn = new Turn { Cards = arena.Scale.ManyCards, InFlight = 64 };
        var series = await arena.PlayAsync(
            arena.Scale.ManyRepeats, latency: 0, new Player(arena.Module, turn), new Player(arena.Http, turn));
        return
        [
            Comparison.OfRates(
                "64 in flight, no latency, against a bare HttpClient", new Goal(GoalKind.RatioAtLeast, 0.75), turn.Cards, series[0], series[1]),
        ];
    }
}
