using System.CommandLine;
using System.Globalization;
using IotCard.Benchmarks.Fleet;
using IotCard.Benchmarks.Reports;
using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Layers;

/// <summary>
/// <c>layers</c>: what the time of a card is made of. The module up to each of its layers, and the bare client with
/// some microseconds of work between an answer and the next request, which tells what such work costs in the end.
/// </summary>
internal static class LayersCommand
{
    private static readonly int[] WorkMicroseconds = [3, 6, 9, 12];

    internal static Command Create()
    {
        var repeats = new Option<int>("--repeats") { Description = "Turns of each.", DefaultValueFactory = _ => 9 };
        var command = new Command("layers", "What the time of a card is made of, layer by layer.") { repeats };
        command.SetAction(async (parsed, _) =>
        {
            using var arena = new Arena(Scale.Full);
            await MeasureAsync(arena, "one by one", new Turn { Cards = arena.Scale.OneByOneCards }, parsed.GetValue(repeats));
            await MeasureAsync(arena, "64 in flight", new Turn { Cards = arena.Scale.ManyCards, InFlight = 64 }, parsed.GetValue(repeats));
            Console.WriteLine(Machine.Describe());
            return 0;
        });
        return command;
    }

    private static async Task MeasureAsync(Arena arena, string name, Turn turn, int repeats)
    {
        // Each in a process of its own, as the module is at a user's: what warms one up must not help another.
        var layers = Enum.GetValues<Layer>().Select(layer => (Layer: layer, Side: SideProcess.Start("layer", arena.ModuleFolder))).ToArray();
        try
        {
            (string Name, Player Player)[] all =
            [
                ("bare HttpClient", new Player(arena.Http, turn)),
                .. WorkMicroseconds.Select(work =>
                    (string.Create(CultureInfo.InvariantCulture, $"  with {work} µs of work a card"), new Player(arena.Http, turn with { WorkMicroseconds = work }))),
                .. layers.Select(one => (one.Layer.ToString().ToLowerInvariant(), new Player(one.Side, turn with { Layer = one.Layer }))),
                ("module", new Player(arena.Module, turn)),
            ];
            var series = await arena.PlayAsync(repeats, latency: 0, [.. all.Select(one => one.Player)]);
            for (var i = 0; i < all.Length; i++)
            {
                var micros = series[i].Median / turn.Cards * 1e6;
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{name}: {all[i].Name,-30} {micros,6:0.0} µs a card, {micros - (series[0].Median / turn.Cards * 1e6),5:+0.0;-0.0;0.0}"));
            }
        }
        finally
        {
            foreach (var (_, side) in layers)
            {
                side.Dispose();
            }
        }
    }
}
