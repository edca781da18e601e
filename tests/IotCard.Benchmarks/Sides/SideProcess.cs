using System.Diagnostics;
using System.Text.Json;

namespace IotCard.Benchmarks.Sides;

/// <summary>A side of a comparison, in a process of its own, so that no side warms up, fills or slows down another.</summary>
internal sealed class SideProcess : IDisposable
{
    // The clients honour these even for loopback.
    private static readonly string[] ProxyVariables = ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"];

    private readonly Process _process;
    private readonly string _name;

    private SideProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        foreach (var variable in ProxyVariables)
        {
            start.Environment.Remove(variable);
        }

        _process = Process.Start(start)!;
    }

    /// <summary>Starts a side of this program.</summary>
    internal static SideProcess Start(string name, params string[] arguments) =>
        new(name, new ProcessStartInfo("dotnet", [typeof(SideProcess).Assembly.Location, "side", name, .. arguments]));

    /// <summary>Starts a node script.</summary>
    internal static SideProcess StartNode(string script) =>
        new(Path.GetFileName(script), new ProcessStartInfo("node", [script]) { WorkingDirectory = Path.GetDirectoryName(script) });

    /// <summary>Gives an order and waits for the answer.</summary>
    /// <exception cref="InvalidOperationException">The side failed, or ended.</exception>
    internal async Task<TAnswer> AskAsync<TAnswer>(object order)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, SideLoop.Json));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The side {_name} ended before it answered.");
        var reply = JsonSerializer.Deserialize<Reply<TAnswer>>(line, SideLoop.Json)!;
        return reply.Error is null ? reply.Value! : throw new InvalidOperationException($"The side {_name} failed: {reply.Error}");
    }

    public void Dispose()
    {
        // The end of its input is the end of a side.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
