using System.Buffers;
using System.Text;

namespace IotCard.Client.Signing;

/// <summary>
/// Assembles the bytes to sign, as UTF-8 in one rented buffer. Not safe for concurrent use. It must be disposed, which
/// clears the buffer, because it may have contained a token.
/// </summary>
internal sealed class ByteWriter : IDisposable
{
    private const int MaximumCharacterLength = 3;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(1024);

    internal int Length { get; private set; }

    internal ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);

    internal ByteWriter Write(byte value)
    {
        Reserve(1)[0] = value;
        Length++;
        return this;
    }

    internal ByteWriter Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    /// <summary>Repeats what was written before.</summary>
    internal ByteWriter WriteAgain(int start, int length)
    {
        var to = Reserve(length);
        _buffer.AsSpan(start, length).CopyTo(to);
        Length += length;
        return this;
    }

    /// <summary>Writes a text as UTF-8; a lone surrogate becomes U+FFFD.</summary>
    internal ByteWriter Write(string text)
    {
        Reserve(text.Length * MaximumCharacterLength);
        Length += Encoding.UTF8.GetBytes(text, 0, text.Length, _buffer, Length);
        return this;
    }

    /// <summary>Writes bytes as lower-case hexadecimal digits.</summary>
    internal ByteWriter WriteHex(ReadOnlySpan<byte> bytes)
    {
        var digits = "0123456789abcdef"u8;
        var hex = Reserve(bytes.Length * 2);
        for (var i = 0; i < bytes.Length; i++)
        {
            hex[2 * i] = digits[bytes[i] >> 4];
            hex[(2 * i) + 1] = digits[bytes[i] & 0xF];
        }

        Length += bytes.Length * 2;
        return this;
    }

    /// <summary>Returns what was written from a position on, as text.</summary>
    internal string ToText(int from = 0) => Encoding.UTF8.GetString(_buffer, from, Length - from);

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }

        return _buffer.AsSpan(Length);
    }
}
