using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>What it costs that the whole list is read and planned first: memory for each row, and time until the first result.</summary>
internal sealed class ListScenario : IScenario
{
    public string Name => "list";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var few = await WatchAsync(harness, harness.Scale.ListFewRows, JournalKind.Automatic);
        var more = await WatchAsync(harness, harness.Scale.ListMoreRows, JournalKind.Automatic);
        var many = await WatchAsync(harness, harness.Scale.ListManyRows, JournalKind.Automatic);
        var named = await WatchAsync(harness, harness.Scale.ListManyRows, JournalKind.Named);
        return
        [
            Held("memory of a list", harness.Scale.ListManyRows, many, few),
            Held("memory of a list with a named journal", harness.Scale.ListManyRows, named, few),
            First(harness.Scale.ListFewRows, few),
            First(harness.Scale.ListMoreRows, more),
            First(harness.Scale.ListManyRows, many),
        ];
    }

    private static Comparison Held(string title, int rows, IterationResult many, IterationResult few) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{title}, {rows:N0} rows"), new Goal(GoalKind.BytesAtMost, 500))
        {
            Ours = (many.HeldBytes - few.HeldBytes) / (double)rows,
            Unit = "bytes a row",
        };

    private static Comparison First(int rows, IterationResult result) =>
        new(string.Create(CultureInfo.InvariantCulture, $"from the file to the first result, {rows:N0} rows"), Goal: null) { Ours = result.FirstSeconds, Unit = "s" };

    // Each in its own process, so that none starts with another's heap.
    private static async Task<IterationResult> WatchAsync(Harness harness, int rows, JournalKind journal)
    {
        using var module = harness.StartModule();
        await harness.RunAsync(module, new Iteration { Task = ShellTask.List, Workload = new Workload(harness.Scale.ListFewRows), InFlight = 64, Journal = journal }, latency: 0);
        return await harness.RunAsync(module, new Iteration { Task = ShellTask.List, Workload = new Workload(rows), InFlight = 64, Journal = journal }, latency: 0);
    }
}
