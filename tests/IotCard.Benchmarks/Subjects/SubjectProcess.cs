using System.Diagnostics;
using System.Text.Json;

namespace IotCard.Benchmarks.Subjects;

/// <summary>A subject of a comparison, in its own process, so that no subject warms up or slows down another.</summary>
internal sealed class SubjectProcess : IDisposable
{
    private readonly Process _process;
    private readonly string _name;

    /// <summary>Starts a subject.</summary>
    /// <param name="name">The subject's name in error messages.</param>
    /// <param name="start">The start information of its process.</param>
    internal SubjectProcess(string name, ProcessStartInfo start)
    {
        _name = name;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        SubjectEnvironment.RemoveProxies(start);
        _process = Process.Start(start)!;
    }

    /// <summary>The processor time of its whole process so far.</summary>
    internal TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a subject of this program.</summary>
    internal static SubjectProcess Start(string name, params string[] arguments) => new(name, StartInfo(name, arguments));

    /// <summary>The start information of a subject of this program.</summary>
    internal static ProcessStartInfo StartInfo(string name, params string[] arguments) =>
        new("dotnet", [typeof(SubjectProcess).Assembly.Location, "subject", name, .. arguments]);

    /// <summary>Starts a node script.</summary>
    internal static SubjectProcess StartNode(string script) =>
        new(Path.GetFileName(script), new ProcessStartInfo("node", [script]) { WorkingDirectory = Path.GetDirectoryName(script) });

    /// <summary>Sends a request and waits for the response.</summary>
    /// <exception cref="InvalidOperationException">The subject failed or ended.</exception>
    internal async Task<TResponse> SendAsync<TResponse>(object request)
    {
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(request, SubjectLoop.Json));
        await _process.StandardInput.FlushAsync();
        var line = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"The subject {_name} ended before it responded.");
        Reply<TResponse> reply;
        try
        {
            reply = JsonSerializer.Deserialize<Reply<TResponse>>(line, SubjectLoop.Json)!;
        }
        catch (JsonException failure)
        {
            throw new InvalidOperationException($"The subject {_name} wrote: {line}", failure);
        }

        return reply.Error is null ? reply.Value! : throw new InvalidOperationException($"The subject {_name} failed: {reply.Error}");
    }

    public void Dispose()
    {
        // A subject ends with its input.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
