using System.Diagnostics;

namespace IotCard.Client.Journaling;

/// <summary>
/// Appends lines to a journal's file. Forced lines are on the disk before anyone goes on; those that arrive during a flush
/// share the next one, so that many rows cost few flushes, and once a line could not be written none after it is. Lines
/// that are not forced are written at once, on the caller's thread: they survive the end of the process, but not of the
/// machine. One that cannot be written stops nothing; that it is missing is written as soon as something can be.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="isForced">Whether lines are forced to the disk.</param>
/// <param name="clock">Says since when lines are missing.</param>
internal sealed class JournalWriter(JournalFile file, bool isForced, TimeProvider clock)
{
    private static readonly long WatchInterval = Stopwatch.Frequency / 4;
    private static readonly Task<bool> NotWritten = Task.FromResult(false);

    private readonly object _gate = new();
    private readonly PendingLine[] _line = new PendingLine[1];
    private LineBatch? _next;
    private Task _writing = Task.CompletedTask;
    private JournalException? _end;
    private PendingLine? _gap;
    private bool _isFull;
    private long _watchedAt;

    /// <summary>Why lines are missing from the journal; null if none is.</summary>
    internal JournalException? Failure { get; private set; }

    /// <summary>Appends a line.</summary>
    /// <returns>
    /// A task that completes when the line is as safe as it is made: true, or false if it is not forced and could not be
    /// written.
    /// </returns>
    /// <exception cref="JournalException">Thrown by the task: the line is forced, and will never be on the disk.</exception>
    internal Task<bool> AppendAsync(PendingLine line)
    {
        lock (_gate)
        {
            if (!isForced)
            {
                return _end is null && TryWrite(line) ? Task.FromResult(true) : NotWritten;
            }

            if ((_end ?? (_isFull && line.Room != RoomChange.Use ? Failure : null)) is { } refusal)
            {
                return Task.FromException<bool>(refusal);
            }

            var written = (_next ??= new LineBatch()).Add(line);
            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WriteAll);
            }

            return written;
        }
    }

    /// <summary>Accepts no further lines.</summary>
    /// <returns>A task that completes when the accepted lines are written.</returns>
    internal Task CloseAsync()
    {
        lock (_gate)
        {
            if (_end is null)
            {
                _ = TryWriteGap();
                _end = new JournalException(JournalErrorCode.NotWritable, file.Path, "closed");
            }

            return _writing;
        }
    }

    private void WriteAll()
    {
        while (TakeBatch() is { } batch)
        {
            try
            {
                Write(batch);
            }
            catch (Exception cause)
            {
                // Whatever went wrong: nobody may wait forever for lines that are not written.
                End(Explain(cause), batch);
            }
        }
    }

    private void Write(LineBatch batch)
    {
        try
        {
            file.Append(batch.Lines, isForced: true, isWatched: true);
        }
        catch (NoRoomException cause)
        {
            // The outcomes have their reserved room; no other line is accepted from now on, because a journal has no gaps.
            var failure = Explain(cause);
            lock (_gate)
            {
                Failure ??= failure;
                _isFull = true;
            }

            batch.FailWithoutRoom(failure);
            if (batch.LinesWithRoom.Count > 0)
            {
                file.Append(batch.LinesWithRoom, isForced: true, isWatched: true);
            }
        }

        batch.Complete();
    }

    private LineBatch? TakeBatch()
    {
        lock (_gate)
        {
            if (_next is not { } batch)
            {
                // Done under the lock, so that the next caller starts a new write.
                _writing = Task.CompletedTask;
                return null;
            }

            _next = null;
            return batch;
        }
    }

    /// <summary>Once a forced line could not be written, none after it is: such a journal has no gaps.</summary>
    private void End(JournalException failure, LineBatch batch)
    {
        LineBatch? later;
        lock (_gate)
        {
            Failure ??= failure;
            _end = failure;
            later = _next;
            _next = null;
        }

        batch.Fail(failure);
        later?.Fail(failure);
    }

    private bool TryWrite(PendingLine line)
    {
        var now = Stopwatch.GetTimestamp();
        var isWatched = now - _watchedAt >= WatchInterval;
        _watchedAt = isWatched ? now : _watchedAt;
        if (TryWriteGap() && TryAppend(line, isWatched))
        {
            return true;
        }

        // The disk may be full only for lines without reserved room.
        _ = TryWriteGap();
        return false;
    }

    /// <summary>Writes that lines are missing, if that is not written yet.</summary>
    private bool TryWriteGap()
    {
        if (_gap is not { } gap)
        {
            return true;
        }

        _gap = null;
        if (TryAppend(gap, isWatched: false))
        {
            return true;
        }

        _gap = gap;
        return false;
    }

    private bool TryAppend(PendingLine line, bool isWatched)
    {
        try
        {
            _line[0] = line;
            file.Append(_line, isForced: false, isWatched);
            return true;
        }
        catch (Exception cause)
        {
            var failure = Explain(cause);
            if (failure.Code == JournalErrorCode.NotWritable)
            {
                _gap ??= Failure is null ? new PendingLine(JournalLineFormatter.Gap(clock.GetUtcNow(), cause.Message), RoomChange.Use) : null;
            }
            else
            {
                _end = failure;
            }

            Failure ??= failure;
            return false;
        }
    }

    private JournalException Explain(Exception cause) =>
        cause as JournalException ?? new JournalException(JournalErrorCode.NotWritable, file.Path, cause.Message, cause);
}
