using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace IotCard.Client.Tests.Service;

/// <summary>A server on loopback that serves each connection byte by byte, until it is disposed.</summary>
internal abstract partial class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private protected LoopbackServer()
    {
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    internal Uri Endpoint { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    /// <summary>Serves a connection, which is closed when the task completes.</summary>
    private protected abstract Task ServeAsync(NetworkStream connection, CancellationToken stop);

    /// <summary>Reads a request with its body; null if the client has disconnected.</summary>
    private protected static async Task<string?> ReadRequestAsync(NetworkStream connection, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        for (var read = 0; ;)
        {
            var count = await connection.ReadAsync(buffer.AsMemory(read), stop);
            if (count == 0)
            {
                return null;
            }

            read += count;
            var text = Encoding.ASCII.GetString(buffer, 0, read);
            var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            if (body >= 4 && text.Length >= body + BodyLength(text))
            {
                return text;
            }
        }
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await ServeAsync(client.GetStream(), _stop.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // Stopped, or the client disconnected first.
            }
        }
    }

    private static int BodyLength(string head) =>
        ContentLength().Match(head) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("Content-Length: ([0-9]+)")]
    private static partial Regex ContentLength();
}
