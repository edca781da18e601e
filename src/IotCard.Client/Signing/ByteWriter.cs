using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
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
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            WriteHex(BinaryPrimitives.ReadUInt64BigEndian(bytes), 2 * sizeof(ulong));
        }

        foreach (var value in bytes)
        {
            WriteHex(value, 2);
        }

        return this;
    }

    private void WriteHex(ulong value, byte digits)
    {
        Utf8Formatter.TryFormat(value, Reserve(digits), out var written, new StandardFormat('x', digits));
        Length += written;
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
