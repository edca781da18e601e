using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace IotCard.Client.Tests.Sending;

/// <summary>
/// A gateway on loopback that keeps connections open, remembers nonces, and hangs up on the second request of its first
/// connection just when it has arrived whole: with the operation carried out, or without.
/// </summary>
internal sealed partial class HangingUpGateway : IAsyncDisposable
{
    private static string Done => Responses.WithRequestId("""{"Code":"OK","IotModBind":{"IsModSuccess":true}}""");
    private static string NonceUsed => Responses.WithRequestId("""{"Code":"SignatureNonceUsed"}""");

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _nonces = [];
    private readonly List<string> _arrived = [];
    private readonly bool _executes;
    private readonly Task _accepting;
    private bool _hungUp;

    internal HangingUpGateway(bool executes)
    {
        _executes = executes;
        _listener.Start();
        Endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    internal Uri Endpoint { get; }

    /// <summary>The requests that arrived, whole, in order.</summary>
    internal IReadOnlyList<string> Arrived
    {
        get
        {
            lock (_gate)
            {
                return [.. _arrived];
            }
        }
    }

    /// <summary>How many operations were carried out.</summary>
    internal int Executed
    {
        get
        {
            lock (_gate)
            {
                return _nonces.Count;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
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
                var stream = client.GetStream();
                for (var number = 1; await ReadAsync(stream) is { } request; number++)
                {
                    if (Respond(request, number) is not { } answer)
                    {
                        return;
                    }

                    var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(head + answer), _stop.Token);
                }
            }
            catch (Exception end) when (end is OperationCanceledException or IOException)
            {
                // Stopped, or the client went away first.
            }
        }
    }

    private string? Respond(string request, int number)
    {
        var nonce = Nonce().Match(request).Groups[1].Value;
        lock (_gate)
        {
            _arrived.Add(request);
            var hangsUp = number == 2 && !_hungUp;
            _hungUp |= hangsUp;
            var isNew = (_executes || !hangsUp) && _nonces.Add(nonce);
            return hangsUp ? null : isNew ? Done : NonceUsed;
        }
    }

    private async Task<string?> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[16 * 1024];
        for (var read = 0; ;)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(read), _stop.Token);
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

    private static int BodyLength(string head) =>
        ContentLength().Match(head) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("[Nn]once[=:] ?([0-9A-Za-z]+)")]
    private static partial Regex Nonce();

    [GeneratedRegex("Content-Length: ([0-9]+)")]
    private static partial Regex ContentLength();
}
