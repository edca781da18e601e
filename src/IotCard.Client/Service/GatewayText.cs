using IotCard.Client.Sanitizing;

namespace IotCard.Client.Service;

/// <summary>
/// Makes what a response says fit to be shown and recorded. A gateway that refuses a signature echoes the string to sign,
/// and with it the AccessKey ID and the security token; none of that goes any further.
/// </summary>
internal static class GatewayText
{
    private const int ShownLength = 300;

    private static readonly string[] Echoes = ["server string to sign", "server StringToSign", "string to sign", "CanonicalRequest", "Signature="];

    /// <summary>Cuts a text before the first echo that announces itself, and to a length, and replaces what a terminal would obey.</summary>
    internal static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var end = Math.Min(FindEcho(text!), ShownLength);
        if (end > 0 && end < text!.Length && char.IsHighSurrogate(text[end - 1]))
        {
            // Cut in the midst of a character.
            end--;
        }

        return SafeText.Clean(text!.Substring(0, end)).Trim();
    }

    /// <summary>Takes the secrets of the request out of the result of sending it, wherever the response echoes them.</summary>
    internal static AttemptResult Redact(AttemptResult result, SecretRedactor redactor)
    {
        if (result.Response is not { } response)
        {
            return result;
        }

        var code = redactor.Redact(response.Code);
        var message = redactor.Redact(response.Message);
        var requestId = redactor.Redact(response.RequestId);
        return ReferenceEquals(code, response.Code) && ReferenceEquals(message, response.Message) && ReferenceEquals(requestId, response.RequestId)
            ? result
            : result with { Code = redactor.Redact(result.Code), Response = response with { Code = code, Message = message, RequestId = requestId } };
    }

    /// <summary>Where the first echo begins; the text's length where there is none.</summary>
    private static int FindEcho(string text)
    {
        var end = text.Length;
        foreach (var echo in Echoes)
        {
            var at = text.IndexOf(echo, StringComparison.OrdinalIgnoreCase);
            end = at >= 0 && at < end ? at : end;
        }

        return end;
    }
}
