using System.Globalization;
using System.Text;

namespace IotCard.Benchmarks.Layers;

/// <summary>The processor time of a card by thread.</summary>
internal static class ThreadTable
{
    // Linux shows at most 15 characters of a name.
    private static readonly (string Text, string[] Names)[] Threads =
    [
        ("thread pool: sending and reading, the runtime's and ours", [".NET TP Worker", ".NET TP Gate"]),
        ("sockets: waking for responses", [".NET Sockets"]),
        ("compiler: optimizing what runs often", [".NET Tiered Com"]),
        ("pipeline: the engine, the cmdlet, the results", ["Pipeline Execut"]),
    ];

    /// <summary>The table; empty if the system does not provide these times.</summary>
    internal static string Create(LayerResult bare, LayerResult module)
    {
        if (bare.ThreadMicros.Count == 0)
        {
            return string.Empty;
        }

        var table = new StringBuilder("\n| µs of CPU a card by thread, 32 in flight, 50 ms | bare `HttpClient` | the module |\n|---|---|---|\n");
        foreach (var (text, names) in Threads)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {text} | {Sum(bare, names.Contains):0.0} | {Sum(module, names.Contains):0.0} |\n");
        }

        bool IsOther(string name) => !Threads.Any(thread => thread.Names.Contains(name));
        return table.Append(CultureInfo.InvariantCulture, $"| others | {Sum(bare, IsOther):0.0} | {Sum(module, IsOther):0.0} |\n").ToString();
    }

    private static double Sum(LayerResult result, Func<string, bool> isCounted) =>
        result.ThreadMicros.Where(thread => isCounted(thread.Key)).Sum(static thread => thread.Value);
}
