using System.Net;

namespace IotCard.Client.Signing;

/// <summary>
/// The body of a signed request. It notes the moment from which octets of the request may be on the wire: the
/// transport asks for the body only once it has a connection and has put the request's head together.
/// </summary>
internal sealed class SignedContent(byte[] body) : HttpContent
{
    private volatile bool _sendingBegan;

    internal bool SendingBegan => _sendingBegan;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        _sendingBegan = true;
        return stream.WriteAsync(body, 0, body.Length);
    }

#if NET
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _sendingBegan = true;
        return stream.WriteAsync(body, 0, body.Length, cancellationToken);
    }
#endif

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
