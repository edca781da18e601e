using System.Diagnostics;
using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>The service becomes unreachable in the middle of a run: the processor time of waiting. Afterwards every row succeeds.</summary>
internal sealed class OutageScenario : IScenario
{
    private const int Rows = 10_000;
    private const int Before = 2_000;

    // Until the requests in flight and the compiler have finished.
    private static readonly TimeSpan ToRest = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(30);

    public string Name => "outage";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var result = new Comparison(
            string.Create(CultureInfo.InvariantCulture, $"CPU of a run of {Rows:N0} rows while it waits {Outage.TotalSeconds} s for the service"),
            new Goal(GoalKind.PercentBelow, 2));
        if (harness.Scale.IsQuick)
        {
            return [result with { Skipped = "left out of --quick" }];
        }

        var iteration = new Iteration { Workload = new Workload(Rows), InFlight = 32, Journal = JournalKind.Automatic };
        using var module = harness.StartModule();

        // A fresh shell keeps compiling for seconds, whether the run waits or not.
        await harness.RunAsync(module, iteration, latency: 0);

        var endpoint = await harness.StartSandboxAsync(Rows, outageAfter: Before);
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
        return [result with { Ours = 100 * taken, Unit = "% of a core" }];
    }
}
