using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class MemoryScenario : IScenario
{
    private const double Megabyte = 1e6;

    public string Name => "memory";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"{harness.Scale.MemoryRows:N0} rows, against {harness.Scale.MemoryFewRows:N0}");
        return
        [
            await CompareAsync(harness, $"peak managed memory, {rows}", JournalKind.None),
            await CompareAsync(harness, $"peak managed memory with the automatic journal, {rows}", JournalKind.Automatic),
        ];
    }

    private static async Task<Comparison> CompareAsync(Harness harness, string title, JournalKind journal)
    {
        var goal = new Goal(GoalKind.MegabytesMoreAtMost, 5);
        if (harness.Scale.IsQuick && journal == JournalKind.Automatic)
        {
            return new Comparison(title, goal) { Skipped = "left out of --quick" };
        }

        var few = await WatchAsync(harness, harness.Scale.MemoryFewRows, journal);
        var many = await WatchAsync(harness, harness.Scale.MemoryRows, journal);
        return new Comparison(title, goal)
        {
            Ours = many.PeakBytes / Megabyte,
            Other = few.PeakBytes / Megabyte,
            Unit = "MB",
            Remark = string.Create(
                CultureInfo.InvariantCulture,
                $"after collections {many.PeakBytesAfterCollection / Megabyte:0.0} and {few.PeakBytesAfterCollection / Megabyte:0.0} MB")
                + (harness.Scale.IsQuick ? "; the goal is for 1,000,000 and 10,000 rows" : string.Empty),
        };
    }

    // Each in its own process, so that neither starts with the other's heap.
    private static async Task<IterationResult> WatchAsync(Harness harness, int rows, JournalKind journal)
    {
        using var module = harness.StartModule();
        return await harness.RunAsync(module, new Iteration { Task = ShellTask.Memory, Workload = new Workload(rows), InFlight = 64, Journal = journal }, latency: 0);
    }
}
