namespace IotCard.Client.Journaling;

/// <summary>
/// Appends lines to a journal's file. While one flush is under way, further lines gather and share the next, so that
/// many rows cost few flushes.
/// </summary>
internal sealed class JournalWriter
{
    private readonly object _gate = new();
    private readonly JournalFile _file;
    private Batch _next = new();
    private Task _writing = Task.CompletedTask;
    private JournalException? _end;

    internal JournalWriter(JournalFile file) => _file = file;

    /// <summary>Appends a line.</summary>
    /// <returns>A task that completes when the line is on the disk, and fails with a <see cref="JournalException"/> where it never will be.</returns>
    internal Task AppendAsync(byte[] line)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                return Task.FromException(_end);
            }

            _next.Lines.Add(line);
            var written = _next.Written.Task;
            if (_writing.IsCompleted)
            {
                _writing = Task.Run(WriteAll);
            }

            return written;
        }
    }

    /// <summary>Takes no further line.</summary>
    /// <returns>A task that completes when those taken are on the disk.</returns>
    internal Task CloseAsync()
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
                _file.Append(batch.Lines);
                batch.Written.SetResult(true);
            }
            catch (Exception cause)
            {
                // Whatever it is: nobody may wait for ever for lines that are not written.
                End(new JournalException(JournalErrorCode.NotWritable, _file.Path, cause.Message, cause), batch);
            }
        }
    }

    private Batch? TakeBatch()
    {
        lock (_gate)
        {
            if (_next.Lines.Count == 0)
            {
                // Seen under the lock, so that whoever appends next starts a new writing.
                _writing = Task.CompletedTask;
                return null;
            }

            var batch = _next;
            _next = new Batch();
            return batch;
        }
    }

    /// <summary>Once a line could not be written, none after it is: a journal has no holes.</summary>
    private void End(JournalException failure, Batch batch)
    {
        Batch later;
        lock (_gate)
        {
            _end = failure;
            later = _next;
            _next = new Batch();
        }

        batch.Written.SetException(failure);
        later.Written.TrySetException(failure);
    }

    /// <summary>Lines that share a flush.</summary>
    private sealed class Batch
    {
        internal Batch()
        {
            // Whoever does not wait for its line hears of a failure with the next one.
            _ = Written.Task.ContinueWith(
                static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        internal List<byte[]> Lines { get; } = [];

        internal TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
