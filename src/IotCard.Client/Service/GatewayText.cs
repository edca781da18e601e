using System.Text;

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

        var end = text!.Length;
        foreach (var echo in Echoes)
        {
            var at = text.IndexOf(echo, StringComparison.OrdinalIgnoreCase);
            end = at >= 0 && at < end ? at : end;
        }

        var clean = new StringBuilder(Math.Min(end, ShownLength));
        for (var i = 0; i < end && clean.Length < ShownLength; i++)
        {
            clean.Append(char.IsControl(text[i]) ? ' ' : text[i]);
        }

        if (clean.Length > 0 && char.IsHighSurrogate(clean[clean.Length - 1]))
        {
            // Cut in the midst of a character.
            clean.Length--;
        }

        return clean.ToString().Trim();
    }
}
