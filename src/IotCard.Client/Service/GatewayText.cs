using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;

namespace IotCard.Client.Service;

/// <summary>
/// Makes a response's text safe to show and record. A gateway that refuses a signature echoes the string to sign, and
/// with it the AccessKey ID and the security token; none of that is passed on.
/// </summary>
internal static class GatewayText
{
    private const int ShownLength = 300;

    private static readonly string[] Echoes = ["server string to sign", "server StringToSign", "string to sign", "CanonicalRequest", "Signature="];

    /// <summary>Cuts a text before the first recognizable echo and at the maximum length, and replaces what a terminal would interpret.</summary>
    internal static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var end = Math.Min(FindEcho(text!), ShownLength);
        if (end > 0 && end < text!.Length && char.IsHighSurrogate(text[end - 1]))
        {
            // It was cut within a character.
            end--;
        }

        return SafeText.Clean(text!.Substring(0, end)).Trim();
    }

    /// <summary>Removes the request's secrets from its result, wherever the response echoes them.</summary>
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

    /// <summary>The position of the first echo; the text's length if there is none.</summary>
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
