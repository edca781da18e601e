using System.Globalization;

namespace IotCard.Client.Journaling;

/// <summary>
/// Reads a journal from its first line to its last complete one, block by block. The checksum decides about a last line
/// without a line feed: if it matches, the line counts; otherwise it is a <see cref="TornLine"/>.
/// </summary>
internal sealed class JournalLineReader
{
    /// <summary>The maximum length of a line, in bytes. Written lines have a few hundred.</summary>
    internal const int MaximumLineLength = 64 * 1024;

    private readonly Stream _stream;
    private readonly string _path;
    private readonly RowNumbering _numbering = new();
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

    /// <summary>The length of the file up to the end of its last complete line, including the line feed.</summary>
    internal long ValidLength => _blockOffset + _start;

    /// <summary>Whether the last line lacks only its line feed.</summary>
    internal bool LacksLineFeed { get; private set; }

    /// <summary>What follows the last complete line, if it is the beginning of another one.</summary>
    internal TornLine? Torn { get; private set; }

    /// <summary>The number of runs so far; 0 in format 1, which does not distinguish them.</summary>
    internal int Run => _run;

    /// <summary>Reads the job from the first line; null if the file has no complete line yet.</summary>
    /// <exception cref="JournalException">The file is not a journal.</exception>
    internal JournalJob? ReadJob()
    {
        if (!TryReadLine(out var line, out _))
        {
            // What is discarded as torn must be the beginning of a journal, not another kind of file.
            var rest = WithoutPadding(_block.AsSpan(_start, _end - _start));
            return rest.Length > 0 == (_isInRoom || _end > _start) && JournalFormat.BeginsJob(rest) ? null : throw Damaged();
        }

        _needsChecksum = line!.IsSealed;
        return JournalFormat.JobOf(line) ?? throw Damaged();
    }

    /// <summary>Reads the next line after the job's.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offset">The line's offset in the file.</param>
    /// <returns>False at the end; a torn last line is kept as <see cref="Torn"/>.</returns>
    /// <exception cref="JournalException">A line is damaged.</exception>
    internal bool TryReadRecord([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JournalLine? line, out long offset)
    {
        if (!TryReadLine(out line, out offset))
        {
            ReadTorn();
            return false;
        }

        // Lines appended to a journal of format 1 have checksums; from the first of them on, every line must have one.
        _needsChecksum |= line!.IsSealed;
        _run += line.Kind == JournalFormat.RunKind ? 1 : 0;
        if (line.Kind == JournalFormat.JobKind || (!line.IsSealed && (_needsChecksum || !line.BelongsToRow || line.Number is null)))
        {
            throw Damaged();
        }

        Number(line);
        return true;
    }

    /// <summary>Reads the fragment in a <c>torn</c> line.</summary>
    /// <returns>Null for a line of another kind.</returns>
    internal TornLine? ReadFragment(JournalLine line, long offset)
    {
        var torn = TornLine.TryRead(line, offset, _run);
        torn?.Number(_numbering);
        return torn;
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

    private void Number(JournalLine line)
    {
        if (line.BelongsToRow)
        {
            line.Number ??= _numbering.NumberOf(line.Iccid!, line.Imei!, line.NewImei, line.Row!.Value);
        }
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
        Torn.Number(_numbering);
    }

    /// <summary>The length of the line at <see cref="_start"/>; -1 if the file ends before the line does.</summary>
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
                // Reserved room may be longer than any line; none of it is kept.
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
