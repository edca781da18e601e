using System.CommandLine;
using System.Globalization;
using System.Text;
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
    // At the pace of a real line an iteration takes seconds, whatever a card takes.
    private const int SteadyRepeats = 3;

    private static readonly int[] WorkMicroseconds = [3, 6, 9, 12];
    private static readonly DocumentSection Section = new("layers", "layers");

    internal static Command Create()
    {
        var repeats = new Option<int>("--repeats") { Description = "Iterations of each.", DefaultValueFactory = _ => 9 };
        var markdown = new Option<FileInfo?>("--markdown") { Description = "Write the results as a table: into the file's layers section, if it has one.", HelpName = "FILE" };
        var command = new Command("layers", "What the time of a card is made of, layer by layer.") { repeats, markdown };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var load = new LoadAverage();
            using var harness = await Harness.CreateAsync(Scale.Full, cancellationToken);
            using var layers = new LayerSubjects(harness.ModuleFolder);
            var count = parsed.GetValue(repeats);
            var measured = new[]
            {
                await MeasureAsync(harness, layers, new Iteration { Workload = new Workload(harness.Scale.OneByOneCards) }, count, latency: 0),
                await MeasureAsync(harness, layers, new Iteration { Workload = new Workload(harness.Scale.ManyCards), InFlight = 64 }, count, latency: 0),
                await MeasureAsync(
                    harness,
                    layers,
                    new Iteration { Workload = new Workload(harness.Scale.SteadyCards), InFlight = SteadyScenario.InFlight, WaitsForCompiler = true },
                    Math.Min(count, SteadyRepeats),
                    SteadyScenario.Latency),
            };
            load.Look();
            var table = Table(measured, load) + ThreadTable.Create(measured[^1][0], measured[^1][^1]);
            Console.Write(table);
            if (parsed.GetValue(markdown) is { } file)
            {
                await Section.WriteAsync(table, file.FullName, cancellationToken);
            }

            return 0;
        });
        return command;
    }

    /// <summary>What each layer takes, in microseconds per card: processor time if there is latency, otherwise time.</summary>
    private static async Task<LayerResult[]> MeasureAsync(Harness harness, LayerSubjects layers, Iteration iteration, int repeats, int latency)
    {
        (string Name, Runner Runner)[] all =
        [
            ("bare `HttpClient`, requests signed beforehand", new Runner(harness.Http, iteration)),
            .. WorkMicroseconds.Select(work =>
                (string.Create(CultureInfo.InvariantCulture, $"with {work} µs of work a card"), new Runner(harness.Http, iteration with { WorkMicroseconds = work }))),
            .. Enum.GetValues<Layer>().Select(layer => (Describe(layer), new Runner(layers[layer], iteration with { Layer = layer }))),
            ("the module: all of it, and the engine", new Runner(harness.Module, iteration)),
        ];
        var series = await harness.MeasureAsync(repeats, latency, [.. all.Select(one => one.Runner)]);
        var microsACard = 1e6 / iteration.Workload.Cards;
        return
        [
            .. all.Zip(series, (one, taken) => new LayerResult(
                one.Name,
                Median.Compute(latency > 0 ? taken.CpuSeconds : taken.Seconds) * microsACard,
                taken.ThreadSeconds.ToDictionary(static thread => thread.Key, thread => thread.Value * microsACard))),
        ];
    }

    private static string Describe(Layer layer) => layer switch
    {
        Layer.Transport => "transport: ours, requests signed beforehand, responses read",
        Layer.Signing => "and signing",
        Layer.Sender => "and the sending rules",
        _ => "and the run",
    };

    private static string Table(LayerResult[][] measured, LoadAverage load)
    {
        var table = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"On {DateTime.UtcNow:yyyy-MM-dd}, {Machine.Describe()}; {load}.\n\n")
            .Append("| µs a card, and more than the bare client | one by one | 64 in flight | CPU, 32 in flight, 50 ms |\n")
            .Append("|---|---|---|---|\n");
        for (var i = 0; i < measured[0].Length; i++)
        {
            table.Append("| ").Append(measured[0][i].Name);
            foreach (var column in measured)
            {
                var more = i == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {column[i].Micros - column[0].Micros:+0.0;-0.0;0.0}");
                table.Append(CultureInfo.InvariantCulture, $" | {column[i].Micros:0.0}{more}");
            }

            table.Append(" |\n");
        }

        return table.ToString();
    }
}
