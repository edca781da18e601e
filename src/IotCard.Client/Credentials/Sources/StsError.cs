using IotCard.Client.Sanitizing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Turns an STS response that is not a credential into an error that shows no secret.</summary>
internal static class StsError
{
    /// <summary>In characters. A longer text is not a message but a dump.</summary>
    private const int MaximumMessageLength = 300;

    /// <summary>In characters; the rest is ignored. Well above what is shown, so that no secret is cut in half.</summary>
    private const int MaximumReadLength = 8192;

    /// <param name="response">The response of STS.</param>
    /// <param name="where">How the message begins: whose credential was requested.</param>
    /// <param name="secrets">Removes the secrets that STS may echo.</param>
    internal static CredentialException From(IssuingResponse response, LocalizableMessage where, SecretRedactor secrets)
    {
        var said = JsonText.TryDeserialize(response.Body, SourceJson.Default.StsResponse);
        if (string.IsNullOrWhiteSpace(said?.Code))
        {
            return new CredentialException(
                CredentialErrorCode.InvalidResponse, new LocalizableMessage("StsUnusable", $"{where}: STS gave a response that cannot be used ({response.ToString()})."))
            {
                IsTransient = response.IsOverloaded,
            };
        }

        var code = Clean(said!.Code!, secrets);
        var message = Clean(Said(code, said.Message ?? ""), secrets);
        return new CredentialException(
            code,
            string.IsNullOrWhiteSpace(said.RequestId)
                ? new LocalizableMessage("StsReturned", $"{where}: STS returned {code}: {message}")
                : new LocalizableMessage("StsReturnedRequest", $"{where}: STS returned {code}: {message} (request {Clean(said.RequestId!, secrets)})"))
        {
            IsTransient = code is "ServiceUnavailable" or "InternalError" || code.StartsWith("Throttling", StringComparison.Ordinal) || response.IsOverloaded,
        };
    }

    /// <summary>The message of a refused signature continues with the string to sign, which contains the token.</summary>
    private static string Said(string code, string message)
    {
        if (!code.Contains("Signature"))
        {
            return message;
        }

        var end = message.IndexOfAny([':', '\n']);
        var server = message.IndexOf("server ", StringComparison.OrdinalIgnoreCase);
        end = end < 0 ? server : server < 0 ? end : Math.Min(end, server);
        return end < 0 ? message : message[..end].TrimEnd();
    }

    private static string Clean(string text, SecretRedactor secrets) =>
        SafeText.Clean(secrets.Redact(text[..Math.Min(text.Length, MaximumReadLength)]).Trim(), MaximumMessageLength);
}
