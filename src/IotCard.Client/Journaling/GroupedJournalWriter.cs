namespace IotCard.Client.Journaling;

/// <summary>
/// Appends lines and forces them to the disk. Lines that arrive during a flush share the next one, so that many rows
/// cost few flushes.
/// </summary>
internal sealed class GroupedJournalWriter : IJournalWriter
{
    private readonly object _gate = new();
    private readonly JournalFile _file;
    private Batch _next = new();
    private Task _writing = Task.CompletedTask;
    private JournalException? _end;
    private bool _isFull;

    internal GroupedJournalWriter(JournalFile file) => _file = file;

    public JournalException? Failure { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="JournalException">Thrown by the task: the line will never be on the disk.</exception>
    public Task<bool> AppendAsync(PendingLine line)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                return Task.FromException<bool>(_end);
            }

            if (_isFull && line.Room != RoomChange.Use)
            {
                return Task.FromException<bool>(Failure!);
            }

            var group = line.Room == RoomChange.Use ? _next.WithRoom : _next.WithoutRoom;
            group.Lines.Add(line);
            var written = group.Written.Task;
            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WriteAll);
            }

            return written;
        }
    }

    public Task CloseAsync()
    {
        lock (_gate)
        {
            _end ??= new JournalException(JournalErrorCode.NotWritable, _file.Path, "closed");
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
                End(cause as JournalException ?? new JournalException(JournalErrorCode.NotWritable, _file.Path, cause.Message, cause), batch);
            }
        }
    }

    private void Write(Batch batch)
    {
        try
        {
            _file.Append([.. batch.WithRoom.Lines, .. batch.WithoutRoom.Lines], isForced: true, isWatched: true);
        }
        catch (JournalFile.NoRoomException cause)
        {
            // The outcomes have their reserved room; no other line is accepted from now on, because a journal has no gaps.
            var failure = new JournalException(JournalErrorCode.NotWritable, _file.Path, cause.Message, cause);
            lock (_gate)
            {
                Failure ??= failure;
                _isFull = true;
            }

            batch.WithoutRoom.Written.TrySetException(failure);
            if (batch.WithRoom.Lines.Count > 0)
            {
                _file.Append(batch.WithRoom.Lines, isForced: true, isWatched: true);
            }
        }

        batch.WithRoom.Written.TrySetResult(true);
        batch.WithoutRoom.Written.TrySetResult(true);
    }

    private Batch? TakeBatch()
    {
        lock (_gate)
        {
            if (_next.IsEmpty)
            {
                // Done under the lock, so that the next caller starts a new write.
                _writing = Task.CompletedTask;
                return null;
            }

            var batch = _next;
            _next = new Batch();
            return batch;
        }
    }

    /// <summary>Once a line could not be written, none after it is: a journal has no gaps.</summary>
    private void End(JournalException failure, Batch batch)
    {
        Batch later;
        lock (_gate)
        {
            Failure ??= failure;
            _end = failure;
            later = _next;
            _next = new Batch();
        }

        batch.Fail(failure);
        later.Fail(failure);
    }

    /// <summary>Lines that share a flush: those with reserved room, and those that need it.</summary>
    private sealed class Batch
    {
        internal Group WithRoom { get; } = new();

        internal Group WithoutRoom { get; } = new();

        internal bool IsEmpty => WithRoom.Lines.Count == 0 && WithoutRoom.Lines.Count == 0;

        internal void Fail(JournalException failure)
        {
            WithRoom.Written.TrySetException(failure);
            WithoutRoom.Written.TrySetException(failure);
        }
    }

    private sealed class Group
    {
        internal Group()
        {
            // A caller that does not await its line gets the failure with the next one.
            _ = Written.Task.ContinueWith(
                static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        internal List<PendingLine> Lines { get; } = [];

        internal TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
