using System.Globalization;

namespace IotCard.Client.Journaling;

/// <summary>
/// Reads a journal from its first line to its last whole one, a block at a time. A last line is judged by its checksum:
/// it counts where it lacks no more than its line feed, and is a <see cref="TornLine"/> where it lacks more.
/// </summary>
internal sealed class JournalLineReader
{
    /// <summary>The longest line that is read, in bytes. Lines that are written have some hundred.</summary>
    internal const int MaximumLineLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly string _path;
    private byte[] _block;
    private int _start;
    private int _end;
    private long _blockOffset;
    private int _lineNumber;
    private bool _needsChecksum;
    private bool _isInRoom;
    private int _run;

    internal JournalLineReader(Stream stream, string path, int blockLength)
    {
        _block = new byte[blockLength];
        _stream = stream;
        _blockOffset = stream.Position;
        _path = path;
    }

    /// <summary>The length of the file up to the end of its last whole line, with its line feed.</summary>
    internal long ValidLength => _blockOffset + _start;

    /// <summary>Whether the last line is whole but for its line feed.</summary>
    internal bool LacksLineFeed { get; private set; }

    /// <summary>What follows the last whole line, where that is the beginning of one more.</summary>
    internal TornLine? Torn { get; private set; }

    /// <summary>The count of the runs so far; 0 in what format 1 has written, which does not tell them apart.</summary>
    internal int Run => _run;

    /// <summary>Reads the job, which the first line names; null where the file has no whole line yet.</summary>
    /// <exception cref="JournalException">The file is no journal.</exception>
    internal JournalJob? ReadJob()
    {
        if (!TryReadLine(out var line, out _))
        {
            // What is cut off as torn must be the beginning of a journal, and not a file of somebody else's.
            var rest = WithoutPadding(_block.AsSpan(_start, _end - _start));
            return rest.Length > 0 == (_isInRoom || _end > _start) && JournalFormat.BeginsJob(rest) ? null : throw Damaged();
        }

        _needsChecksum = line!.IsSealed;
        return JournalFormat.JobOf(line) ?? throw Damaged();
    }

    /// <summary>Reads the next line after the job's.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <returns>False at the end; a torn last line is not read, but kept as <see cref="Torn"/>.</returns>
    /// <exception cref="JournalException">A line is damaged.</exception>
    internal bool TryReadRecord([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JournalLine? line, out long offset)
    {
        if (!TryReadLine(out line, out offset))
        {
            ReadTorn();
            return false;
        }

        // What is appended to a journal of format 1 has checksums; from the first of them on, everything must have one.
        _needsChecksum |= line!.IsSealed;
        _run += line.Kind == JournalFormat.RunKind ? 1 : 0;
        return line.Kind == JournalFormat.JobKind || (!line.IsSealed && (_needsChecksum || !line.IsOfARow)) ? throw Damaged() : true;
    }

    private static ReadOnlySpan<byte> WithoutPadding(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        while (length > 0 && bytes[length - 1] is (byte)' ' or 0)
        {
            length--;
        }

        return bytes[..length];
    }

    private bool TryReadLine(out JournalLine? line, out long offset)
    {
        line = null;
        var length = FindLineEnd();
        offset = _blockOffset + _start;
        if (length >= 0)
        {
            _lineNumber++;
            line = JournalFormat.TryRead(_block.AsSpan(_start, length)) ?? throw Damaged();
            _start += length + 1;
            return true;
        }

        var rest = WithoutPadding(_block.AsSpan(_start, _end - _start));
        if (rest.Length == 0 || rest[^1] != (byte)'}' || JournalFormat.TryRead(rest) is not { } last)
        {
            return false;
        }

        LacksLineFeed = true;
        _lineNumber++;
        _start += rest.Length;
        line = last;
        return true;
    }

    private void ReadTorn()
    {
        var rest = WithoutPadding(_block.AsSpan(_start, _end - _start));
        if (rest.Length == 0 || Torn is not null)
        {
            return;
        }

        _lineNumber++;
        Torn = TornLine.TryRead(rest, _needsChecksum, ValidLength, _run) ?? throw Damaged();
    }

    /// <summary>The length of the line that begins at <see cref="_start"/>, or -1 where the file ends before the line does.</summary>
    private int FindLineEnd()
    {
        var searched = 0;
        while (true)
        {
            var at = Array.IndexOf(_block, (byte)'\n', _start + searched, _end - _start - searched);
            if (at >= 0)
            {
                return at - _start;
            }

            searched = _end - _start;
            if (searched > MaximumLineLength)
            {
                // Room may be longer than any line, and nothing is kept of it.
                searched = WithoutPadding(_block.AsSpan(_start, searched)).Length;
                _isInRoom = searched <= MaximumLineLength ? true : throw DamagedNext();
                _end = _start + searched;
            }

            if (!Fill())
            {
                return -1;
            }
        }
    }

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

        var count = _stream.Read(_block, _end, _block.Length - _end);
        if (_isInRoom && WithoutPadding(_block.AsSpan(_end, count)).Length > 0)
        {
            throw DamagedNext();
        }

        _end += count;
        return count > 0;
    }

    private JournalException DamagedNext()
    {
        _lineNumber++;
        return Damaged();
    }

    private JournalException Damaged() =>
        new(JournalErrorCode.Invalid, _path, Math.Max(_lineNumber, 1).ToString(CultureInfo.InvariantCulture));
}
