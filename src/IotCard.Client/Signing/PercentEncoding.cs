using System.Text;

namespace IotCard.Client.Signing;

/// <summary>
/// The percent-encoding that both signature methods sign: UTF-8, with only <c>A-Z a-z 0-9 - _ . ~</c> left
/// as they are and upper-case hexadecimal digits (RFC 3986, section 2.3; a space is <c>%20</c>, never <c>+</c>).
/// </summary>
public static class PercentEncoding
{
    private const string Digits = "0123456789ABCDEF";

    /// <summary>Encodes a parameter's name or value.</summary>
    /// <param name="text">Any text; a lone surrogate becomes U+FFFD, as in every UTF-8 encoder of .NET.</param>
    /// <returns>The encoded text; <paramref name="text"/> itself where nothing needs encoding.</returns>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        var reserved = FirstReserved(text);
        return reserved < 0 ? text : EncodeFrom(text, reserved);
    }

    private static int FirstReserved(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsUnreserved(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static string EncodeFrom(string text, int reserved)
    {
        var encoded = new StringBuilder(text, 0, reserved, text.Length * 3);
        foreach (var octet in Encoding.UTF8.GetBytes(text.Substring(reserved)))
        {
            if (IsUnreserved((char)octet))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(Digits[octet >> 4]).Append(Digits[octet & 0xF]);
            }
        }

        return encoded.ToString();
    }

    private static bool IsUnreserved(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~';
}
