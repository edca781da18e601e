using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class MemoryScenario : IScenario
{
    private const int FewRows = 10_000;
    private const double Megabyte = 1e6;

    public string Name => "memory";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Harness harness)
    {
        var rows = harness.Scale.MemoryRows;
        var few = await WatchAsync(harness, FewRows);
        var many = await WatchAsync(harness, rows);
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
                    + (harness.Scale.IsQuick ? "; the goal is for 1,000,000 rows" : string.Empty),
            },
        ];
    }

    // A process for each, so that neither begins with the other's heap.
    private static async Task<IterationResult> WatchAsync(Harness harness, int rows)
    {
        using var subject = harness.StartModule();
        return await harness.RunIterationAsync(subject, new Iteration { Cards = rows, InFlight = 64, WatchMemory = true }, latency: 0);
    }
}
