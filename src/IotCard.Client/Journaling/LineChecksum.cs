using System.Buffers;
using System.Buffers.Text;
using System.IO.Hashing;

namespace IotCard.Client.Journaling;

/// <summary>A line's last member: the CRC-32 of all bytes before it, which reveals a line that was cut or changed.</summary>
internal static class LineChecksum
{
    private const int DigitCount = 8;

    private static ReadOnlySpan<byte> Before => ",\"crc32\":\""u8;

    private static ReadOnlySpan<byte> After => "\"}"u8;

    private static ReadOnlySpan<byte> FirstOfFlush => ",\"flush\":true}"u8;

    /// <summary>By how much <see cref="Mark"/> makes a line longer.</summary>
    internal static int MarkLength => FirstOfFlush.Length - 1;

    private static int TotalLength => Before.Length + DigitCount + After.Length;

    /// <summary>Adds the checksum and the line feed to a JSON object.</summary>
    internal static byte[] Seal(ReadOnlySpan<byte> json)
    {
        var content = json[..^1];
        var line = new byte[content.Length + TotalLength + 1];
        content.CopyTo(line);
        Before.CopyTo(line.AsSpan(content.Length));
        WriteDigits(content, line.AsSpan(content.Length + Before.Length));
        After.CopyTo(line.AsSpan(content.Length + Before.Length + DigitCount));
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>Marks a line, which has its checksum and line feed, as the first of those that are flushed together.</summary>
    internal static byte[] Mark(byte[] line)
    {
        var content = line.AsSpan(0, line.Length - TotalLength - 1);
        var marked = new byte[content.Length + FirstOfFlush.Length];
        content.CopyTo(marked);
        FirstOfFlush.CopyTo(marked.AsSpan(content.Length));
        return Seal(marked);
    }

    /// <summary>Whether a line ends with a checksum, right or wrong.</summary>
    private static bool IsSealed(ReadOnlySpan<byte> line) =>
        line.Length > TotalLength && line.EndsWith(After) && line.Slice(line.Length - TotalLength, Before.Length).SequenceEqual(Before);

    /// <summary>Whether a line has the right checksum.</summary>
    internal static bool IsIntact(ReadOnlySpan<byte> line)
    {
        if (!IsSealed(line))
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[DigitCount];
        WriteDigits(line[..^TotalLength], digits);
        return digits.SequenceEqual(line.Slice(line.Length - After.Length - DigitCount, DigitCount));
    }

    private static void WriteDigits(ReadOnlySpan<byte> content, Span<byte> digits) =>
        Utf8Formatter.TryFormat(Crc32.HashToUInt32(content), digits, out _, new StandardFormat('x', DigitCount));
}
