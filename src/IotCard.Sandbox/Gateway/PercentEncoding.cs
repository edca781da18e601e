using System.Text;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>The encoding of both signature methods: UTF-8, with everything but <c>A-Z a-z 0-9 - _ . ~</c> as upper-case hex.</summary>
internal static class PercentEncoding
{
    private const string Hex = "0123456789ABCDEF";

    public static StringBuilder AppendEncoded(this StringBuilder text, string value)
    {
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 0xF]);
            }
        }

        return text;
    }

    /// <summary>Sorted by name, then by value, ordinally; <c>name=value</c> joined by <c>&amp;</c>.</summary>
    public static StringBuilder AppendCanonical(this StringBuilder text, IEnumerable<Parameter> parameters)
    {
        var start = text.Length;
        foreach (var (name, value) in parameters
            .OrderBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ThenBy(parameter => parameter.Value, StringComparer.Ordinal))
        {
            if (text.Length > start)
            {
                text.Append('&');
            }

            text.AppendEncoded(name).Append('=').AppendEncoded(value);
        }

        return text;
    }
}
