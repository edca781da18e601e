namespace IotCard.Client.Service;

/// <summary>
/// Makes what an answer says fit to be shown. A gateway that refuses a signature echoes the string to sign, and with it
/// the AccessKey ID and the security token; none of that goes any further.
/// </summary>
internal static class GatewayText
{
    private const int ShownLength = 300;

    private static readonly string[] Echoes = ["server string to sign", "server StringToSign", "string to sign", "CanonicalRequest", "Signature="];

    internal static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var end = Math.Min(FindEcho(text!), ShownLength);
        if (end > 0 && char.IsHighSurrogate(text![end - 1]))
        {
            // Cut in the midst of a character.
            end--;
        }

        var shown = text!.Substring(0, end);
        return (HasControl(shown) ? new string([.. shown.Select(static c => char.IsControl(c) ? ' ' : c)]) : shown).Trim();
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

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
