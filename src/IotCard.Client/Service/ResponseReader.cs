using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>
/// Reads the body of a response: the JSON of the service and the gateway, in upper or lower case, and the gateway's
/// XML. A body without a <c>Code</c> is not theirs: a proxy's page, or a cut or garbled body.
/// </summary>
internal static class ResponseReader
{
    /// <summary>The maximum length of a body, in bytes. The service's responses have a few hundred.</summary>
    public const int MaximumLength = 64 * 1024;

    /// <summary>Reads a body.</summary>
    /// <param name="httpStatus">The HTTP status.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>The response; null if the body is not one.</returns>
    public static ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body)
    {
        if (body.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        while (!body.IsEmpty && body[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            body = body[1..];
        }

        if (body.IsEmpty || body.Length > MaximumLength)
        {
            return null;
        }

        return body[0] switch
        {
            (byte)'{' => JsonResponse.Read(httpStatus, body),
            (byte)'<' => XmlResponse.Read(httpStatus, body),
            _ => null,
        };
    }
}
