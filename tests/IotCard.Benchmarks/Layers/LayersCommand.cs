using System.CommandLine;
using System.Globalization;
using IotCard.Benchmarks.Fleet;
using IotCard.Benchmarks.Reports;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Layers;

/// <summary>
/// <c>layers</c>: what the time of a card is made of. The module up to each of its layers, and the bare client with
/// some microseconds of work between a response and the next request, which tells what such work costs in the end.
/// </summary>
internal static class LayersCommand
{
    private static readonly int[] WorkMicroseconds = [3, 6, 9, 12];

    internal static Command Create()
    {
        var repeats = new Option<int>("--repeats") { Description = "Iterations of each.", DefaultValueFactory = _ => 9 };
        var command = new Command("layers", "What the time of a card is made of, layer by layer.") { repeats };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var harness = await Harness.CreateAsync(Scale.Full, cancellationToken);
            await MeasureAsync(harness, "one by one", new Iteration { Workload = new Workload(harness.Scale.OneByOneCards) }, parsed.GetValue(repeats));
            await MeasureAsync(harness, "64 in flight", new Iteration { Workload = new Workload(harness.Scale.ManyCards), InFlight = 64 }, parsed.GetValue(repeats));
            Console.WriteLine(Machine.Describe());
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(Harness harness, string name, Iteration iteration, int repeats)
    {
        // Each in a process of its own, as the module is at a user's: what warms one up must not help another.
        var layers = Enum.GetValues<Layer>().Select(layer => (Layer: layer, Subject: SubjectProcess.Start("layer", harness.ModuleFolder))).ToArray();
        try
        {
            (string Name, Runner Runner)[] all =
            [
                ("bare HttpClient", new Runner(harness.Http, iteration)),
                .. WorkMicroseconds.Select(work =>
                    (string.Create(CultureInfo.InvariantCulture, $"  with {work} µs of work a card"), new Runner(harness.Http, iteration with { WorkMicroseconds = work }))),
                .. layers.Select(one => (one.Layer.ToString().ToLowerInvariant(), new Runner(one.Subject, iteration with { Layer = one.Layer }))),
                ("module", new Runner(harness.Module, iteration)),
            ];
            var series = await harness.MeasureAsync(repeats, latency: 0, [.. all.Select(one => one.Runner)]);
            for (var i = 0; i < all.Length; i++)
            {
                var micros = Median.Of(series[i].Seconds) / iteration.Workload.Cards * 1e6;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: {all[i].Name,-30} {micros,6:0.0} µs a card, {micros - (Median.Of(series[0].Seconds) / iteration.Workload.Cards * 1e6),5:+0.0;-0.0;0.0}"));
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
