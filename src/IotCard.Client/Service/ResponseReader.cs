namespace IotCard.Client.Service;

/// <summary>
/// Reads the body of an answer: the service's and the gateway's JSON, in upper or lower case, and the gateway's XML.
/// A body without a <c>Code</c> is nobody's answer: a proxy's page, or a cut or garbled one.
/// </summary>
public static class ResponseReader
{
    /// <summary>The longest body that is read, in bytes. Answers of the service have some hundred.</summary>
    public const int MaximumLength = 64 * 1024;

    /// <summary>Reads a body.</summary>
    /// <param name="httpStatus">The answer's HTTP status.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>The answer, or null where the body is not one.</returns>
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
