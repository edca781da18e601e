namespace IotCard.Client.Credentials.Sources;

/// <summary>Turns an answer of STS that is no credential into an error that shows no secret.</summary>
internal static class StsError
{
    /// <summary>In characters: what is longer is no message but a dump.</summary>
    private const int MaximumMessageLength = 300;

    /// <param name="answer">What STS answered.</param>
    /// <param name="where">Begins the message: whose credential it would have been.</param>
    /// <param name="secrets">What must not be shown should STS repeat it.</param>
    internal static CredentialException From(IssuingResponse answer, LocalizableMessage where, params string?[] secrets)
    {
        var said = CredentialJson.Read(answer.Body, CredentialJson.Default.StsResponse);
        if (string.IsNullOrWhiteSpace(said?.Code))
        {
            return new CredentialException(
                CredentialErrorCode.InvalidResponse, new LocalizableMessage("StsUnusable", $"{where}: STS gave an answer that cannot be used ({answer.ToString()})."));
        }

        var code = Clean(said!.Code!, secrets);
        var message = Clean(Said(code, said.Message ?? ""), secrets);
        return new CredentialException(
            code,
            string.IsNullOrWhiteSpace(said.RequestId)
                ? new LocalizableMessage("StsAnswered", $"{where}: STS answered {code}: {message}")
                : new LocalizableMessage("StsAnsweredRequest", $"{where}: STS answered {code}: {message} (request {Clean(said.RequestId!, secrets)})"));
    }

    /// <summary>A refused signature's message goes on with the string to sign, which holds the token.</summary>
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

    private static string Clean(string text, string?[] secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret is { Length: > 0 })
            {
                text = text.Replace(secret, "***").Replace(Uri.EscapeDataString(secret), "***");
            }
        }

        var line = new string([.. text.Select(static c => char.IsControl(c) ? ' ' : c)]).Trim();
        return line.Length > MaximumMessageLength ? line[..MaximumMessageLength] + "…" : line;
    }
}
