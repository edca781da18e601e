#if NET
using System.Buffers;
#endif
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>
/// The percent-encoding of both signature methods: UTF-8 with upper-case hexadecimal digits; only <c>A-Z a-z 0-9 - _ .
/// ~</c> are not encoded (RFC 3986, section 2.3; a space is <c>%20</c>, never <c>+</c>).
/// </summary>
/// <remarks>
/// <see cref="Uri.EscapeDataString(string)"/> returns the same on .NET, as a test proves. On .NET Framework it throws at a
/// lone surrogate and beyond 65,519 characters, and on both it allocates a string where this writes bytes directly.
/// </remarks>
internal static class PercentEncoding
{
    /// <summary>Writes a parameter's name or value, encoded. A lone surrogate becomes U+FFFD, as in every UTF-8 encoder of .NET.</summary>
    internal static ByteWriter WriteEncoded(this ByteWriter to, string text)
    {
        if (IsUnreserved(text))
        {
            return to.Write(text);
        }

        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            to.WriteEncoded(value);
        }

        return to;
    }

    /// <summary>Writes UTF-8 bytes, encoded.</summary>
    internal static ByteWriter WriteEncoded(this ByteWriter to, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            to.WriteEncoded(value);
        }

        return to;
    }

    private static void WriteEncoded(this ByteWriter to, byte value)
    {
        if (IsUnreserved((char)value))
        {
            to.Write(value);
            return;
        }

        var digits = "0123456789ABCDEF"u8;
        to.Write((byte)'%').Write(digits[value >> 4]).Write(digits[value & 0xF]);
    }

#if NET
    private static readonly SearchValues<char> Unreserved = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    private static bool IsUnreserved(string text) => !text.AsSpan().ContainsAnyExcept(Unreserved);
#else
    private static bool IsUnreserved(string text) => text.All(IsUnreserved);
#endif

    private static bool IsUnreserved(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~';
}
