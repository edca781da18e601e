namespace IotCard.Client.Journaling;

/// <summary>
/// Divides a file into lines, block by block. Blanks and zeros after the last one are reserved room, of any length. Line
/// feeds of Windows and a byte order mark, which an editor may have added, are taken off and noted.
/// </summary>
/// <param name="read">Reads bytes at an offset of the file, into a buffer from a start, at most a count; returns how many.</param>
/// <param name="offset">Where to begin.</param>
/// <param name="blockLength">How much to read at once.</param>
internal sealed class LineReader(Func<long, byte[], int, int, int> read, long offset = 0, int blockLength = 64 * 1024)
{
    /// <summary>What is read at once to get a single line: most have a few hundred bytes.</summary>
    internal const int UsualLineLength = 1024;

    /// <summary>The maximum length of a line, in bytes.</summary>
    internal const int MaximumLineLength = 64 * 1024;

    private byte[] _block = new byte[blockLength];
    private long _blockOffset = offset;
    private int _start;
    private int _end;
    private int _number;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a line so far ended with a carriage return.</summary>
    internal bool HasCarriageReturns { get; private set; }

    /// <summary>Whether the file begins with a byte order mark.</summary>
    internal bool HasByteOrderMark { get; private set; }

    /// <summary>Where the next line begins; after the last one, where the reserved room does.</summary>
    internal long Position => _blockOffset + _start;

    /// <summary>Whether anything follows the last line.</summary>
    internal bool HasRoom { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <returns>False if there is none.</returns>
    internal bool TryRead(out RawLine line)
    {
        var searched = 0;
        while (true)
        {
            var at = Array.IndexOf(_block, (byte)'\n', _start + searched, _end - _start - searched);
            if (at >= 0)
            {
                line = Take(at - _start, hasLineFeed: true);
                _start++;
                return true;
            }

            searched = _end - _start;
            if (searched > MaximumLineLength)
            {
                return TryReadLong(out line);
            }

            if (!Fill())
            {
                return TryReadLast(out line);
            }
        }
    }

    /// <summary>Without the blanks and zeros at the end.</summary>
    internal static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        while (length > 0 && bytes[length - 1] is (byte)' ' or 0)
        {
            length--;
        }

        return bytes[..length];
    }

    private bool TryReadLast(out RawLine line)
    {
        var length = WithoutPadding(_block.AsSpan(_start, _end - _start)).Length;
        HasRoom |= length < _end - _start;
        line = length > 0 ? Take(length, hasLineFeed: false) : default;
        return length > 0;
    }

    private RawLine Take(int length, bool hasLineFeed)
    {
        var text = _block.AsSpan(_start, length);
        var (at, skipped) = (Position, 0);
        if (at == 0 && text.StartsWith(ByteOrderMark))
        {
            HasByteOrderMark = true;
            skipped = ByteOrderMark.Length;
        }

        _start += length;
        if (text.Length > 0 && text[^1] == (byte)'\r')
        {
            HasCarriageReturns = true;
            length--;
        }

        return new RawLine { Text = text[skipped..length], Offset = at, Number = ++_number, HasLineFeed = hasLineFeed };
    }

    /// <summary>Reads a line that is longer than any of a journal, but keeps only its beginning. It may be nothing but room.</summary>
    private bool TryReadLong(out RawLine line)
    {
        var at = Position;
        var text = _block.AsSpan(_start, MaximumLineLength).ToArray();
        var isPadding = IsPadding(_start + MaximumLineLength, _end);
        var hasLineFeed = false;
        _start = _end;

        // A file that does not begin like a journal is not read to its end.
        while (!hasLineFeed && (isPadding || _number > 0) && Fill())
        {
            var feed = Array.IndexOf(_block, (byte)'\n', _start, _end - _start);
            hasLineFeed = feed >= 0;
            isPadding &= IsPadding(_start, hasLineFeed ? feed : _end);
            _start = hasLineFeed ? feed + 1 : _end;
        }

        var kept = isPadding ? WithoutPadding(text) : text;
        if (kept.Length == 0 && !hasLineFeed)
        {
            HasRoom = true;
            _blockOffset = at - _start;
            line = default;
            return false;
        }

        line = new RawLine { Text = kept, Offset = at, Number = ++_number, HasLineFeed = hasLineFeed, IsTooLong = !isPadding };
        return true;
    }

    private bool IsPadding(int start, int end) => WithoutPadding(_block.AsSpan(start, end - start)).Length == 0;

    private bool Fill()
    {
        Buffer.BlockCopy(_block, _start, _block, 0, _end - _start);
        _blockOffset += _start;
        _end -= _start;
        _start = 0;
        if (_end == _block.Length)
        {
            Array.Resize(ref _block, _block.Length * 2);
        }

        var count = read(_blockOffset + _end, _block, _end, _block.Length - _end);
        _end += count;
        return count > 0;
    }
}
