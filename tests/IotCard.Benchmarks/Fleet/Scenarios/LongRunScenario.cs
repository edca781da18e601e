using System.Diagnostics;
using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>
/// Long lists, which are read and planned as a whole first: the memory for each row, and the time until the first result. And
/// an outage in the middle of a run: the processor time of waiting. Afterwards every row succeeds.
/// </summary>
internal sealed class LongRunScenario : IScenario
{
    internal const int Rows = 100_000;

    private const int FewRows = 10;
    private const int OutageRows = 10_000;
    private const int RowsBeforeOutage = 2_000;

    // Until the requests in flight and the compiler have finished.
    private static readonly TimeSpan ToRest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    public string Name => "long-run";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var few = await WatchListAsync(harness, FewRows, JournalKind.Automatic);
        var many = await WatchListAsync(harness, Rows, JournalKind.Automatic);
        var named = await WatchListAsync(harness, Rows, JournalKind.Named);
        var list = string.Create(CultureInfo.InvariantCulture, $"a list of {Rows:N0} rows");
        var outage = new Comparison(
            string.Create(CultureInfo.InvariantCulture, $"an outage of {Outage.TotalSeconds} s: CPU of waiting"), new Goal(GoalKind.PercentBelow, 1));
        return new ScenarioResult(
            new Comparison($"{list}: from reading it to the first result", new Goal(GoalKind.SecondsBelow, 2)) { Ours = many.FirstSeconds, Unit = "s" },
            new Comparison($"{list}: memory held", new Goal(GoalKind.BytesAtMost, 500)) { Ours = BytesARow(many), Unit = "bytes a row" },
            new Comparison($"{list} with a named journal: memory held", Goal: null) { Ours = BytesARow(named), Other = BytesARow(many), Unit = "bytes a row" },
            harness.Scale.IsQuick ? outage with { Skipped = "left out of --quick" } : outage with { Ours = 100 * await WaitOutAsync(harness), Unit = "% of a core" });

        double BytesARow(IterationResult result) => (result.HeldBytes - few.HeldBytes) / (double)Rows;
    }

    // Each in its own process, so that none starts with another's heap.
    private static async Task<IterationResult> WatchListAsync(Harness harness, int rows, JournalKind journal)
    {
        using var module = harness.StartModule();
        var iteration = new Iteration { Task = ShellTask.List, InFlight = ManyInFlightScenario.InFlight, Journal = journal };
        await harness.RunAsync(module, iteration with { Workload = new Workload(FewRows) }, latency: 0);
        return await harness.RunAsync(module, iteration with { Workload = new Workload(rows) }, latency: 0);
    }

    /// <returns>The part of a core that a run takes while the service is unreachable.</returns>
    private static async Task<double> WaitOutAsync(Harness harness)
    {
        var iteration = new Iteration { Workload = new Workload(OutageRows), InFlight = SteadyPace.InFlight, Journal = JournalKind.Automatic, WaitsForCompiler = true };
        using var module = harness.StartModule();

        // A fresh shell keeps compiling for seconds, whether the run waits or not.
        await harness.WarmUpAsync(new Runner(module, iteration));
        await harness.RunAsync(module, iteration, latency: 0);

        var endpoint = await harness.StartSandboxAsync(OutageRows, outageAfter: RowsBeforeOutage);
        var run = module.SendAsync<IterationResult>(harness.Prepare(iteration, endpoint));
        await harness.SendToSandboxAsync(new SandboxRequest(SandboxTask.AwaitOutage));
        await Task.Delay(ToRest);

        var cpu = module.ProcessorTime;
        var start = Stopwatch.GetTimestamp();
        await Task.Delay(Outage);
        var taken = (module.ProcessorTime - cpu) / Stopwatch.GetElapsedTime(start);

        await harness.SendToSandboxAsync(new SandboxRequest(SandboxTask.EndOutage));
        await run;
        await harness.StopSandboxAsync(iteration.Workload, iteration.InFlight);
        return taken;
    }
}
