using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>The pace of a real line: 32 requests in flight that take 50 ms each.</summary>
internal static class SteadyPace
{
    internal const int InFlight = 32;
    internal const int Latency = 50;
    internal const string Text = "32 in flight, 50 ms";

    /// <summary>The cards a second that no client can surpass.</summary>
    internal const int Ideal = InFlight * 1000 / Latency;

    /// <summary>An iteration at this pace. The clock starts only once the runtime's compiler is idle.</summary>
    internal static Iteration Iteration(int cards) => new() { Workload = new Workload(cards), InFlight = InFlight, WaitsForCompiler = true };

    /// <summary>Lets the runners handle cards, first as fast as it goes and then at this pace, until they are warm, and measures their iterations.</summary>
    /// <returns>The results of each runner.</returns>
    internal static async Task<Series[]> MeasureAsync(Harness harness, int repeats, params Runner[] runners)
    {
        foreach (var runner in runners)
        {
            if (runner.SteadyWarmUpCards is null)
            {
                // At this pace it would take minutes until all that runs often is optimized.
                await harness.WarmUpAsync(runner);
            }

            var warmUp = new Workload(runner.SteadyWarmUpCards ?? harness.Scale.SteadyWarmUpCards);
            await harness.RunAsync(runner.Subject, runner.Iteration with { Workload = warmUp }, Latency);
        }

        return await harness.AlternateAsync(repeats, [.. runners.Select(runner => harness.Repeatable(runner, Latency))]);
    }
}
