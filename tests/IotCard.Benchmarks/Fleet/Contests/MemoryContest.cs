using System.Globalization;
using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class MemoryContest : IContest
{
    private const int FewRows = 10_000;
    private const double Megabyte = 1e6;

    public string Name => "memory";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var rows = arena.Scale.MemoryRows;
        var few = await WatchAsync(arena, FewRows);
        var many = await WatchAsync(arena, rows);
        return
        [
            new Comparison(
                string.Create(CultureInfo.InvariantCulture, $"peak managed memory, {rows:N0} rows, against {FewRows:N0}"),
                new Goal(GoalKind.MegabytesMoreAtMost, 10))
            {
                Ours = many.PeakBytes / Megabyte,
                Other = few.PeakBytes / Megabyte,
                Unit = "MB",
                Remark = string.Create(
                    CultureInfo.InvariantCulture,
                    $"after collections {many.PeakBytesAfterCollection / Megabyte:0.0} and {few.PeakBytesAfterCollection / Megabyte:0.0} MB")
                    + (arena.Scale.IsQuick ? "; the goal is for 1,000,000 rows" : string.Empty),
            },
        ];
    }

    // A process for each, so that neither begins with the other's heap.
    private static async Task<TurnResult> WatchAsync(Arena arena, int rows)
    {
        using var side = arena.StartModule();
        return await arena.PlayTurnAsync(side, new Turn { Cards = rows, InFlight = 64, WatchMemory = true }, latency: 0);
    }
}
