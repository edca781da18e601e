using System.Net;

namespace IotCard.Client.Signing;

/// <summary>
/// The body of a signed request. It notes from when on bytes of the request may be on the wire: the transport asks for
/// the body only once it has a connection and has prepared the request's head. It can be read only once: when a
/// kept-open connection is closed before the body was asked for, .NET's handler resends the request on its own, and a
/// request sent twice unnoticed would count as sent once.
/// </summary>
internal sealed class SignedContent(byte[] body) : HttpContent
{
    private volatile bool _sendingBegan;

    internal bool SendingBegan => _sendingBegan;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Begin();
        return stream.WriteAsync(body, 0, body.Length);
    }

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Begin();
        return stream.WriteAsync(body, 0, body.Length, cancellationToken);
    }
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }

    private void Begin()
    {
        if (_sendingBegan)
        {
            throw new IOException("The connection was closed after the request had been sent.");
        }

        _sendingBegan = true;
    }
}
