using System.CommandLine;
using System.Globalization;
using IotCard.Benchmarks.Fleet;
using IotCard.Benchmarks.Fleet.Scenarios;
using IotCard.Benchmarks.Reports;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Layers;

/// <summary>
/// <c>layers</c>: what the time of a card is made of. The module up to each of its layers, and the bare client with
/// some microseconds of work between a response and the next request, which tells what such work costs in the end.
/// </summary>
internal static class LayersCommand
{
    private const int SteadyRepeats = 3;

    private static readonly int[] WorkMicroseconds = [3, 6, 9, 12];

    internal static Command Create()
    {
        var repeats = new Option<int>("--repeats") { Description = "Iterations of each.", DefaultValueFactory = _ => 9 };
        var command = new Command("layers", "What the time of a card is made of, layer by layer.") { repeats };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var harness = await Harness.CreateAsync(Scale.Full, cancellationToken);
            var count = parsed.GetValue(repeats);
            await MeasureAsync(
                harness, "one by one", new Iteration { Workload = new Workload(harness.Scale.OneByOneCards) }, count, latency: 0, WorkMicroseconds);
            await MeasureAsync(
                harness, "64 in flight", new Iteration { Workload = new Workload(harness.Scale.ManyCards), InFlight = 64 }, count, latency: 0, WorkMicroseconds);
            await MeasureAsync(
                harness,
                "CPU, 32 in flight, 50 ms",
                new Iteration { Workload = new Workload(harness.Scale.SteadyCards), InFlight = SteadyScenario.InFlight },
                Math.Min(count, SteadyRepeats),
                SteadyScenario.Latency,
                workMicroseconds: []);
            Console.WriteLine(Machine.Describe());
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(Harness harness, string name, Iteration iteration, int repeats, int latency, int[] workMicroseconds)
    {
        // Each in a process of its own, as the module is at a user's: what warms one up must not help another.
        var layers = Enum.GetValues<Layer>().Select(layer => (Layer: layer, Subject: SubjectProcess.Start("layer", harness.ModuleFolder))).ToArray();
        try
        {
            (string Name, Runner Runner)[] all =
            [
                ("bare HttpClient", new Runner(harness.Http, iteration)),
                .. workMicroseconds.Select(work =>
                    (string.Create(CultureInfo.InvariantCulture, $"  with {work} µs of work a card"), new Runner(harness.Http, iteration with { WorkMicroseconds = work }))),
                .. layers.Select(one => (one.Layer.ToString().ToLowerInvariant(), new Runner(one.Subject, iteration with { Layer = one.Layer }))),
                ("module", new Runner(harness.Module, iteration)),
            ];
            var series = await harness.MeasureAsync(repeats, latency, [.. all.Select(one => one.Runner)]);
            var micros = series.Select(one => Median.Compute(latency > 0 ? one.CpuSeconds : one.Seconds) / iteration.Workload.Cards * 1e6).ToArray();
            for (var i = 0; i < all.Length; i++)
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: {all[i].Name,-30} {micros[i],6:0.0} µs a card, {micros[i] - micros[0],5:+0.0;-0.0;0.0}"));
            }
        }
        finally
        {
            foreach (var (_, subject) in layers)
            {
                subject.Dispose();
            }
        }
    }
}
