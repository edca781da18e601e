using System.Buffers;
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>
/// Puts together the octets that are signed, as UTF-8 in one rented buffer. Not safe for concurrent use; it must be
/// disposed, which clears the buffer, as a token may have been in it.
/// </summary>
internal sealed class OctetWriter : IDisposable
{
    private const int LongestCharacter = 3;

    private byte[] _octets = ArrayPool<byte>.Shared.Rent(1024);

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _octets.AsSpan(0, Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_octets, clearArray: true);

    internal OctetWriter Write(byte octet)
    {
        Reserve(1)[0] = octet;
        Length++;
        return this;
    }

    internal OctetWriter Write(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Reserve(octets.Length));
        Length += octets.Length;
        return this;
    }

    /// <summary>Writes once more what was written before.</summary>
    internal OctetWriter WriteAgain(int start, int length)
    {
        var to = Reserve(length);
        _octets.AsSpan(start, length).CopyTo(to);
        Length += length;
        return this;
    }

    /// <summary>Writes a text as UTF-8; a lone surrogate becomes U+FFFD.</summary>
    internal OctetWriter Write(string text)
    {
        Reserve(text.Length * LongestCharacter);
        Length += Encoding.UTF8.GetBytes(text, 0, text.Length, _octets, Length);
        return this;
    }

    /// <summary>Writes octets as lower-case hexadecimal digits.</summary>
    internal OctetWriter WriteHex(ReadOnlySpan<byte> octets)
    {
        var digits = "0123456789abcdef"u8;
        var hex = Reserve(octets.Length * 2);
        for (var i = 0; i < octets.Length; i++)
        {
            hex[2 * i] = digits[octets[i] >> 4];
            hex[(2 * i) + 1] = digits[octets[i] & 0xF];
        }

        Length += octets.Length * 2;
        return this;
    }

    /// <summary>Gives what was written from a position on, as text.</summary>
    internal string ToText(int from = 0) => Encoding.UTF8.GetString(_octets, from, Length - from);

    private Span<byte> Reserve(int count)
    {
        if (_octets.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_octets.Length * 2, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_octets, clearArray: true);
            _octets = larger;
        }

        return _octets.AsSpan(Length);
    }
}
