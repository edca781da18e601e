using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class SharedCardsContest : IContest
{
    private const int Latency = 20;

    public string Name => "shared";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var turn = new Turn { Cards = arena.Scale.SharedCards, InFlight = 32 };
        var series = await arena.PlayAsync(
            arena.Scale.SharedRepeats, Latency, new Player(arena.Module, turn with { SharedEvery = 20 }), new Player(arena.Module, turn));
        return
        [
            Comparison.OfTimes(
                "every 20th row shares a card, 32 in flight, 20 ms, against no sharing", new Goal(GoalKind.RatioAtMost, 1.2), turn.Cards, series[0], series[1]),
        ];
    }
}
