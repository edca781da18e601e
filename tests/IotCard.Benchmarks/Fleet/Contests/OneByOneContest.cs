using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class OneByOneContest : IContest
{
    public string Name => "one-by-one";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var cards = arena.Scale.OneByOneCards;
        var turn = new Turn { Cards = cards };
        using var node = await NodeClient.StartAsync();
        Player[] players = [new(arena.Module, turn), new(arena.Http, turn)];
        var series = await arena.PlayAsync(
            arena.Scale.OneByOneRepeats, latency: 0, node.Side is null ? players : [.. players, new(node.Side, turn) { IsSequential = true }]);

        const string Node = "one by one, no latency, against @alicloud/pop-core";
        var nodeGoal = new Goal(GoalKind.RatioAtMost, 0.5);
        return
        [
            Comparison.OfTimes(
                "one by one, no latency, against a bare HttpClient", new Goal(GoalKind.RatioAtMost, 1.3), cards, series[0], series[1]),
            node.Side is null
                ? new Comparison(Node, nodeGoal) { Skipped = node.Missing }
                : Comparison.OfTimes(Node, nodeGoal, cards, series[0], series[2]),
        ];
    }
}
