using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class OneByOneContest : IContest
{
    public string Name => "one-by-one";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var cards = arena.Scale.OneByOneCards;
        var turn = new Turn { Cards = cards };
        var series = await arena.PlayAsync(
            arena.Scale.OneByOneRepeats, latency: 0, new Player(arena.Module, turn), new Player(arena.Http, turn));
        return
        [
            Comparison.OfTimes(
                "one by one, no latency, against a bare HttpClient", new Goal(GoalKind.RatioAtMost, 1.3), cards, series[0], series[1]),
            await PlayNodeAsync(arena, turn),
        ];
    }

    private static async Task<Comparison> PlayNodeAsync(Arena arena, Turn turn)
    {
        const string Title = "one by one, no latency, against @alicloud/pop-core";
        var goal = new Goal(GoalKind.RatioAtMost, 0.5);
        using var node = await NodeClient.StartAsync();
        if (node.Side is null)
        {
            return new Comparison(Title, goal) { Skipped = node.Missing };
        }

        var series = await arena.PlayAsync(
            arena.Scale.NodeRepeats, latency: 0, new Player(arena.Module, turn), new Player(node.Side, turn) { IsSequential = true });
        return Comparison.OfTimes(Title, goal, turn.Cards, series[0], series[1]);
    }
}
