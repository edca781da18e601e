using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Client.Platform;

namespace IotCard.Client.Journaling;

/// <summary>
/// The journal of one job: intents before requests are sent, and outcomes before they are published. Running the same
/// input with the same journal resumes a run that died. The format is described in docs/journal.md.
/// </summary>
public sealed class Journal : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<RowKey, int> _claimed = [];
    private readonly JournalFile? _file;
    private readonly JournalHistory? _history;
    private readonly IJournalWriter? _writer;
    private readonly JournalException? _creationFailure;
    private readonly DateTimeOffset _openedAt;
    private TimeProvider _clock = TimeProvider.System;
    private volatile bool _hasRecords;

    private Journal(JournalFile file, JournalHistory history, IJournalWriter? writer, DateTimeOffset openedAt)
    {
        _file = file;
        _history = history;
        _writer = writer;
        _openedAt = openedAt;
        Path = file.Path;
    }

    private Journal(JournalException creationFailure)
    {
        _creationFailure = creationFailure;
        Path = creationFailure.Path;
        IsAutomatic = true;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// Whether the journal is kept without being asked for: written before each request, but not forced to the disk,
    /// and no run ends because it cannot be written.
    /// </summary>
    public bool IsAutomatic { get; private init; }

    /// <summary>Whether the file stays when the journal is closed: an automatic one without a record of a row is deleted.</summary>
    public bool IsKept => !IsAutomatic || _hasRecords || _history?.Job is not null;

    /// <summary>Why something is missing from the journal; null if nothing is. An automatic journal reports it nowhere else.</summary>
    public JournalException? Failure => _creationFailure ?? _writer?.Failure;

    /// <summary>Whether others than its owner may write the file, so that they may have written what it says. Always false on Windows.</summary>
    public bool IsWritableByOthers => _file?.IsWritableByOthers ?? false;

    /// <summary>Opens or creates a job's journal, for this run alone.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="job">The job.</param>
    /// <param name="clock">Provides the start time; null for the system's clock.</param>
    /// <returns>The journal, including what earlier runs recorded.</returns>
    /// <exception cref="JournalException">It is in use, cannot be written, is not a journal, is a copy of one, or belongs to another job.</exception>
    public static Task<Journal> OpenAsync(string path, JournalJob job, TimeProvider? clock = null) =>
        OpenAsync(JournalFile.OpenToWrite(path), job, clock);

    // Opening is one read of the file and one write, both done synchronously; the task carries a failure.
    internal static Task<Journal> OpenAsync(JournalFile file, JournalJob job, TimeProvider? clock = null)
    {
        try
        {
            return Task.FromResult(Open(file, job, clock ?? TimeProvider.System, isAutomatic: false));
        }
        catch (JournalException failure)
        {
            return Task.FromException<Journal>(failure);
        }
    }

    internal static Journal Open(JournalFile file, JournalJob job, TimeProvider clock, bool isAutomatic)
    {
        try
        {
            var history = LoadHistory(file, job);
            var openedAt = clock.GetUtcNow();
            PrepareToAppend(file, history);
            var run = new PendingLine(JournalLineFormatter.Run(openedAt, System.IO.Path.GetFullPath(file.Path), file.Identity));
            PendingLine[] lines = history.Job is null ? [new(JournalLineFormatter.Job(job)), run] : [run];
            file.Append(lines, isForced: !isAutomatic, isWatched: true);
            return new Journal(file, history, isAutomatic ? new DirectJournalWriter(file) : new GroupedJournalWriter(file), openedAt) { IsAutomatic = isAutomatic, _clock = clock };
        }
        catch (IOException failure)
        {
            file.Dispose();
            throw new JournalException(JournalErrorCode.NotWritable, file.Path, failure.Message, failure);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a journal for lookups in a dry run: nothing is created, changed or repaired.</summary>
    /// <param name="path">The file.</param>
    /// <param name="job">The job.</param>
    /// <returns>The journal; null if there is none yet.</returns>
    /// <exception cref="JournalException">It is not a journal, or belongs to another job.</exception>
    public static Journal? OpenForWhatIf(string path, JournalJob job)
    {
        JournalFile file;
        try
        {
            file = JournalFile.OpenToRead(path);
        }
        catch (JournalException failure) when (failure.Code == JournalErrorCode.NotFound)
        {
            return null;
        }

        try
        {
            return new Journal(file, LoadHistory(file, job), writer: null, TimeProvider.System.GetUtcNow());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>An automatic journal that could not be created. It accepts everything and keeps nothing.</summary>
    internal static Journal NotCreated(JournalException failure) => new(failure);

    /// <summary>
    /// Repairs the end of the file: a last line gets its missing line feed, and a torn line is kept in a line of its
    /// own, because its row may have been sent.
    /// </summary>
    internal static void PrepareToAppend(JournalFile file, JournalHistory history) => file.BeginAppending(
        history.ValidLength,
        history.OpenCount,
        history.UnrecordedTornLine is { BelongsToNoRow: false } torn ? JournalLineFormatter.Torn(torn)
            : history.LacksLineFeed ? [(byte)'\n']
            : []);

    /// <summary>
    /// A run with a copy would send again what the original has recorded as sent since. A copy is recognized by the
    /// original, if the path that the copy names still leads to it.
    /// </summary>
    internal static void RequireOriginal(JournalFile file, JournalHistory history)
    {
        if (history.LastRun is not { Path: { } path, FileId: { } id } || file.Identity is null || id == file.Identity)
        {
            return;
        }

        try
        {
            if (FileStatus.FromPath(path)?.Identity == id)
            {
                throw new JournalException(JournalErrorCode.Copy, file.Path, path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The original's path cannot be checked, so nothing is known.
        }
    }

    /// <summary>Finds a row's place in the journal. The n-th identical row of a run is the n-th identical row of the journal.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The row's place.</returns>
    internal JournalEntry Claim(BindingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);

        if (_history is null || _file is null || (_history.Job is null && IsAutomatic && row.RowNumber > 0))
        {
            // Nothing is resumed here, so identical rows are numbered when the journal is read: a table of all rows would
            // take more memory than the run.
            return new JournalEntry(this, row, number: null, RecordedRow.None);
        }

        var number = CountIdentical(row);
        var known = _history.Find(row, number);
        var isBehindUnknown = _history.Claim(row, number, known);
        if (_history.IsInDoubtByTornLine(row, number, known))
        {
            var unknown = JournalFormat.Interrupted(row, _history.LastRun?.StartedAt ?? _openedAt);

            // It gets an outcome of its own, which a person can resolve. If that is lost, the torn line is still there.
            _ = _writer?.AppendAsync(new PendingLine(JournalLineFormatter.Outcome(unknown, row, number)));
            return new JournalEntry(this, row, number, new RecordedRow { Outcome = unknown });
        }

        return new JournalEntry(this, row, number, new RecordedRow
        {
            Outcome = known.Outcome > 0 ? JournalFormat.OutcomeOf(_file.ReadAt(known.Outcome), row.Operation) with { Row = row } : null,
            OpenIntent = known.Intent > 0 ? JournalFormat.IntentOf(_file.ReadAt(known.Intent)) : null,
            IsBehindUnknown = isBehindUnknown,
        });
    }

    /// <summary>Waits until all records are written, and closes the file.</summary>
    /// <returns>A task that completes then.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.CloseAsync().ConfigureAwait(false);
        }

        if (!IsKept)
        {
            TryDelete();
        }

        _file?.Dispose();
    }

    internal DateTimeOffset Now => _clock.GetUtcNow();

    internal Task<bool> AppendAsync(PendingLine line)
    {
        if (_creationFailure is not null)
        {
            return Task.FromResult(false);
        }

        _hasRecords = true;
        return _writer?.AppendAsync(line) ?? throw new InvalidOperationException("A dry run writes nothing.");
    }

    private void TryDelete()
    {
        try
        {
            _file?.Delete();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It stays as one of the old journals, which a later run removes.
        }
    }

    private int CountIdentical(BindingRow row)
    {
        var identical = RowKey.From(row, number: 0);
        lock (_gate)
        {
            _claimed.TryGetValue(identical, out var count);
            return _claimed[identical] = count + 1;
        }
    }

    private static JournalHistory LoadHistory(JournalFile file, JournalJob job)
    {
        var history = JournalHistory.Load(file);
        if (history.Job is { } found && found != job)
        {
            throw new JournalException(JournalErrorCode.OtherJob, file.Path, found.ToString());
        }

        RequireOriginal(file, history);
        return history;
    }
}
