namespace IotCard.Client.Journaling;

/// <summary>
/// The lines of a journal in its file. After them it has <see cref="ReservedRoom"/> for the outcomes of rows in flight.
/// Safe for concurrent use.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private readonly object _gate = new();
    private readonly IDiskFile _disk;
    private ReservedRoom? _room;
    private long _end;
    private IOException? _lost;

    internal JournalFile(IDiskFile disk) => _disk = disk;

    internal string Path => _disk.Path;

    /// <inheritdoc cref="IDiskFile.Identity"/>
    internal string? Identity => _disk.Identity;

    /// <inheritdoc cref="IDiskFile.Trust"/>
    internal Platform.FileTrust Trust => _disk.Trust;

    /// <summary>Releases the reserved room, and closes the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_lost is null)
            {
                TryCut();
            }

            _room = null;
            _disk.Dispose();
        }
    }

    /// <summary>Closes the file and deletes it, if its path still leads to it.</summary>
    internal void Delete()
    {
        lock (_gate)
        {
            _room = null;
            _disk.Delete();
        }
    }

    /// <summary>Starts reading at the first line.</summary>
    internal LineReader Scan() => new(Read);

    /// <summary>Reads the line that begins at an offset.</summary>
    /// <exception cref="JournalException">It is no longer there.</exception>
    internal JournalLine ReadAt(long offset) =>
        new LineReader(Read, offset, LineReader.UsualLineLength).TryRead(out var piece) && JournalFormat.TryRead(piece.Text) is { } line
            ? line
            : throw new JournalException(JournalErrorCode.Tampered, Path);

    /// <summary>
    /// Prepares the file for appending. What follows the last complete line is replaced in a single write, so that
    /// nothing is lost in between; the rest becomes reserved room.
    /// </summary>
    /// <param name="validLength">Where the last complete line ends.</param>
    /// <param name="outcomes">The number of lines that are still to come and need room.</param>
    /// <param name="replacement">The replacement.</param>
    internal void BeginAppending(long validLength, int outcomes, byte[] replacement)
    {
        lock (_gate)
        {
            var tail = new byte[Math.Max(_disk.Length - validLength, replacement.Length)];
            tail.AsSpan().Fill((byte)' ');
            replacement.CopyTo(tail, 0);
            if (tail.Length > 0)
            {
                _disk.Write(validLength, tail);
            }

            _end = validLength + replacement.Length;
            _room = new ReservedRoom(_disk, outcomes);
        }
    }

    /// <summary>Appends lines; if they cannot be written, none of them remains.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="isForced">Whether to force them to the disk.</param>
    /// <param name="isWatched">Whether to check that the path still leads to this file, and that its length is unchanged.</param>
    /// <exception cref="JournalException">The file was deleted, replaced or truncated.</exception>
    /// <exception cref="NoRoomException">There is no room for the lines; nothing was changed.</exception>
    /// <exception cref="IOException">They could not be written; or forced to the disk, after which nothing is ever appended again.</exception>
    internal void Append(IReadOnlyList<PendingLine> lines, bool isForced, bool isWatched)
    {
        lock (_gate)
        {
            if (_lost is not null)
            {
                throw _lost;
            }

            var room = _room ?? throw new ObjectDisposedException(nameof(JournalFile));
            RequireUntouched(isWatched);
            var bytes = Join(lines, isForced);
            var outcomes = 0;
            for (var i = 0; i < lines.Count; i++)
            {
                outcomes += (int)lines[i].Room;
            }

            room.Extend(_end + bytes.Length, outcomes);
            try
            {
                _disk.Write(_end, bytes);
            }
            catch (IOException)
            {
                TryCut();
                throw;
            }

            _end += bytes.Length;
            room.Use(_end, outcomes);
            if (isForced)
            {
                Flush();

                // Checked again, because the file may have been replaced during the flush.
                RequireUntouched(isWatched);
            }
        }
    }

    private static byte[] Join(IReadOnlyList<PendingLine> lines, bool isForced)
    {
        var first = isForced ? LineChecksum.Mark(lines[0].Bytes) : lines[0].Bytes;
        if (lines.Count == 1)
        {
            return first;
        }

        var length = first.Length;
        for (var i = 1; i < lines.Count; i++)
        {
            length += lines[i].Bytes.Length;
        }

        var bytes = new byte[length];
        first.CopyTo(bytes, 0);
        var end = first.Length;
        for (var i = 1; i < lines.Count; i++)
        {
            lines[i].Bytes.CopyTo(bytes, end);
            end += lines[i].Bytes.Length;
        }

        return bytes;
    }

    private int Read(long offset, byte[] buffer, int start, int count)
    {
        lock (_gate)
        {
            return _disk.Read(offset, buffer, start, count);
        }
    }

    /// <summary>
    /// After a failed flush the system may have dropped what it could not write, and report the next flush as a success all
    /// the same. So there is no next one.
    /// </summary>
    private void Flush()
    {
        try
        {
            _disk.Flush();
        }
        catch (IOException failure)
        {
            _lost = failure;
            throw;
        }
    }

    private void RequireUntouched(bool isWatched)
    {
        if (isWatched)
        {
            _disk.RequireUntouched(_room!.Length);
        }
    }

    private void TryCut()
    {
        try
        {
            _room?.Cut(_end);
        }
        catch (IOException)
        {
            // A partial line stays; the next run detects it.
        }
    }
}
