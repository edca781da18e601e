using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using IotCard.Client.Tests.Service;

namespace IotCard.Client.Tests.Sending;

/// <summary>
/// A gateway on loopback that keeps connections open, remembers nonces, and hangs up once the second request of its
/// first connection has arrived completely, with or without executing its operation.
/// </summary>
internal sealed partial class HangingUpGateway(bool executes) : LoopbackServer
{
    private static string Done => Responses.WithRequestId("""{"Code":"OK","IotModBind":{"IsModSuccess":true}}""");
    private static string NonceUsed => Responses.WithRequestId("""{"Code":"SignatureNonceUsed"}""");

    private readonly Lock _gate = new();
    private readonly HashSet<string> _nonces = [];
    private readonly List<string> _arrived = [];
    private bool _hungUp;

    /// <summary>The complete requests that arrived, in order.</summary>
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

    /// <summary>How many operations were executed.</summary>
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

    private protected override async Task ServeAsync(NetworkStream connection, CancellationToken stop)
    {
        for (var number = 1; await ReadRequestAsync(connection, stop) is { } request; number++)
        {
            if (Respond(request, number) is not { } body)
            {
                return;
            }

            var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\n\r\n";
            await connection.WriteAsync(Encoding.ASCII.GetBytes(head + body), stop);
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
            var isNew = (executes || !hangsUp) && _nonces.Add(nonce);
            return hangsUp ? null : isNew ? Done : NonceUsed;
        }
    }

    [GeneratedRegex("[Nn]once[=:] ?([0-9A-Za-z]+)")]
    private static partial Regex Nonce();
}
