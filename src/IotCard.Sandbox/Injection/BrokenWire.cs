using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox.Injection;

/// <summary>
/// Ends a connection too early. It writes to the socket directly, because the server buffers what it is given, and an
/// abort may overtake it. Nothing of the server's own can be pending: the client received the last response on this
/// connection before it sent another request.
/// </summary>
internal static class BrokenWire
{
    /// <summary>Closes the connection gracefully: the client reads what there is, then the end.</summary>
    public static async Task CloseAsync(HttpContext context, ReadOnlyMemory<byte> first, CancellationToken stopping)
    {
        var socket = SocketOf(context);
        await SendAllAsync(socket, first, context.RequestAborted);
        socket.Shutdown(SocketShutdown.Send);
        await WaitForDisconnectAsync(context, stopping);
    }

    /// <summary>Resets the connection.</summary>
    public static async Task ResetAsync(HttpContext context, ReadOnlyMemory<byte> first)
    {
        await SendAllAsync(SocketOf(context), first, context.RequestAborted);
        context.Abort();
    }

    /// <summary>Waits until the client gives up.</summary>
    public static async Task WaitForDisconnectAsync(HttpContext context, CancellationToken stopping)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static async Task SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }

    private static Socket SocketOf(HttpContext context) => context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket;
}
