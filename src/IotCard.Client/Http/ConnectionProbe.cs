using System.Net;
using System.Net.Sockets;

namespace IotCard.Client.Http;

/// <summary>
/// Gives a handler of .NET Framework the time limit for connecting that it lacks: there, a connection that never comes
/// about looks like a response that never arrives, and the operation's outcome would be unknown. Unless a response has
/// arrived of late, a connection is tried before a request is handed on. Only a try that times out ends the request;
/// whatever else is wrong, the handler itself finds out.
/// </summary>
/// <param name="inner">The handler.</param>
/// <param name="findProxy">Finds the proxy for an address; null if there is none.</param>
/// <param name="connect">Connects to a host and port, and closes the connection.</param>
/// <param name="limit">The time limit for connecting.</param>
/// <param name="clock">Measures the limit.</param>
internal sealed class ConnectionProbe(
    HttpMessageHandler inner, Func<Uri, Uri?> findProxy, Func<string, int, Task> connect, TimeSpan limit, TimeProvider clock)
    : DelegatingHandler(inner)
{
    /// <summary>How long a response shows that connections come about. Kept-open ones last longer.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(20);

    private long _answeredAt = long.MinValue;

    /// <summary>Connects to a host and port over TCP.</summary>
    internal static async Task ConnectAsync(string host, int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var destination = findProxy(request.RequestUri!) ?? request.RequestUri!;
        if (!destination.IsLoopback && !IsFresh)
        {
            await ProbeAsync(destination, cancellationToken).ConfigureAwait(false);
        }

        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _answeredAt, clock.GetTimestamp());
        return response;
    }

    private bool IsFresh => Interlocked.Read(ref _answeredAt) is var at && at != long.MinValue && clock.GetElapsedTime(at) < Freshness;

    private async Task ProbeAsync(Uri destination, CancellationToken cancellationToken)
    {
        try
        {
            await connect(destination.DnsSafeHost, destination.Port).WaitAsync(limit, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new TaskCanceledException(
                $"No connection within {limit.TotalSeconds} seconds.", new WebException(e.Message, WebExceptionStatus.ConnectFailure));
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The handler meets it too, and says more of it.
        }
    }
}
