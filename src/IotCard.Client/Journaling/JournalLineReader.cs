using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>Reads a journal from its first line to its last whole one, a block at a time.</summary>
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

    internal JournalLineReader(Stream stream, string path, int blockLength)
    {
        _block = new byte[blockLength];
        _stream = stream;
        _blockOffset = stream.Position;
        _path = path;
    }

    /// <summary>The length of the file up to the end of its last whole line.</summary>
    internal long ValidLength => _blockOffset + _start;

    /// <summary>Reads the job, which the first line names; null where the file has no whole line yet.</summary>
    /// <exception cref="JournalException">The file is no journal.</exception>
    internal JournalJob? ReadJob()
    {
        if (!TryReadLine(out var line, out _))
        {
            // What is cut off as torn must be the beginning of a journal, and not a file of somebody else's.
            return JournalFormat.BeginsJob(_block.AsSpan(_start, _end - _start)) ? null : throw Damaged();
        }

        if (!line!.IsJob || line.Format != JournalLine.CurrentFormat || !Uri.TryCreate(line.Endpoint, UriKind.Absolute, out var endpoint))
        {
            throw Damaged();
        }

        return new JournalJob(line.Operation == nameof(BindingOperation.Rebind) ? BindingOperation.Rebind : BindingOperation.Unbind, endpoint);
    }

    /// <summary>Reads the next intent or outcome.</summary>
    /// <param name="line">The line.</param>
    /// <param name="offset">Where it begins in the file.</param>
    /// <returns>False at the end; a torn last line is not read.</returns>
    /// <exception cref="JournalException">A line in the midst of the file is damaged.</exception>
    internal bool TryReadRecord([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out JournalLine? line, out long offset)
    {
        if (!TryReadLine(out line, out offset))
        {
            return false;
        }

        return line!.IsJob ? throw Damaged() : true;
    }

    private bool TryReadLine(out JournalLine? line, out long offset)
    {
        line = null;
        var length = FindLineEnd();
        offset = _blockOffset + _start;
        if (length < 0)
        {
            return false;
        }

        _lineNumber++;
        line = JournalFormat.TryRead(_block.AsSpan(_start, length)) ?? throw Damaged();
        _start += length + 1;
        return true;
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
                _lineNumber++;
                throw Damaged();
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
        _end += count;
        return count > 0;
    }

    private JournalException Damaged() =>
        new(JournalErrorCode.Invalid, _path, Math.Max(_lineNumber, 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
