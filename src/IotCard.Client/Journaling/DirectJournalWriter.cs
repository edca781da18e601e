using System.Diagnostics;

namespace IotCard.Client.Journaling;

/// <summary>
/// Appends lines at once, on the caller's thread, without forcing them to the disk: they survive the end of the
/// process, but not of the machine. A failure stops no run; it is kept for the caller to report.
/// </summary>
internal sealed class DirectJournalWriter : IJournalWriter
{
    private static readonly long WatchInterval = Stopwatch.Frequency / 4;

    private readonly object _gate = new();
    private readonly JournalFile _file;
    private readonly PendingLine[] _line = new PendingLine[1];
    private long _watchedAt;
    private bool _isFull;
    private bool _isClosed;

    internal DirectJournalWriter(JournalFile file) => _file = file;

    public JournalException? Failure { get; private set; }

    public Task<bool> AppendAsync(PendingLine line)
    {
        lock (_gate)
        {
            return Task.FromResult(!_isClosed && (!_isFull || line.Room == RoomChange.Use) && TryAppend(line));
        }
    }

    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            return Task.CompletedTask;
        }
    }

    private bool TryAppend(PendingLine line)
    {
        try
        {
            var now = Stopwatch.GetTimestamp();
            var isWatched = now - _watchedAt >= WatchInterval;
            _watchedAt = isWatched ? now : _watchedAt;
            _line[0] = line;
            _file.Append(_line, isForced: false, isWatched);
            return true;
        }
        catch (JournalFile.NoRoomException failure)
        {
            // There is still room for the outcomes of rows in flight.
            _isFull = true;
            Failure ??= new JournalException(JournalErrorCode.NotWritable, _file.Path, failure.Message, failure);
        }
        catch (Exception failure)
        {
            _isClosed = true;
            Failure ??= failure as JournalException ?? new JournalException(JournalErrorCode.NotWritable, _file.Path, failure.Message, failure);
        }

        return false;
    }
}
