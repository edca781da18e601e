namespace IotCard.Client.Journaling;

/// <summary>Lines that are written and flushed together: those with reserved room, and those that need it. Not safe for concurrent use.</summary>
internal sealed class LineBatch
{
    private readonly Group _withRoom = new();
    private readonly Group _withoutRoom = new();

    /// <summary>All lines.</summary>
    internal IReadOnlyList<PendingLine> Lines => [.. _withRoom.Lines, .. _withoutRoom.Lines];

    /// <summary>The lines that can be written on a full disk.</summary>
    internal IReadOnlyList<PendingLine> LinesWithRoom => _withRoom.Lines;

    /// <summary>Adds a line.</summary>
    /// <returns>A task that completes when it is written.</returns>
    internal Task<bool> Add(PendingLine line)
    {
        var group = line.Room == RoomChange.Use ? _withRoom : _withoutRoom;
        group.Lines.Add(line);
        return group.Written.Task;
    }

    internal void Complete()
    {
        _withRoom.Written.TrySetResult(true);
        _withoutRoom.Written.TrySetResult(true);
    }

    internal void FailWithoutRoom(JournalException failure) => _withoutRoom.Written.TrySetException(failure);

    internal void Fail(JournalException failure)
    {
        _withRoom.Written.TrySetException(failure);
        _withoutRoom.Written.TrySetException(failure);
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
