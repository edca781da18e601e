using IotCard.Client.Cards;
using IotCard.Client.Platform;
using IotCard.Client.Rules;

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
    private readonly JournalIndex? _index;
    private readonly JournalWriter? _writer;
    private readonly JournalException? _creationFailure;
    private readonly TimeProvider _clock;
    private readonly DateTimeOffset _openedAt;
    private int _claims;
    private volatile bool _hasRecords;

    private Journal(JournalFile file, JournalIndex index, JournalWriter? writer, TimeProvider clock, DateTimeOffset openedAt)
    {
        _file = file;
        _index = index;
        _writer = writer;
        _clock = clock;
        _openedAt = openedAt;
        Path = file.Path;
    }

    private Journal(JournalException creationFailure, TimeProvider clock)
    {
        _creationFailure = creationFailure;
        _clock = clock;
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
    public bool IsKept => !IsAutomatic || _hasRecords || _index?.Job is not null;

    /// <summary>Why something is missing from the journal; null if nothing is. An automatic journal reports it nowhere else.</summary>
    public JournalException? Failure => _creationFailure ?? _writer?.Failure;

    /// <summary>Whether somebody else could have written the file, or could exchange it.</summary>
    internal FileTrust Trust => _file?.Trust ?? default;

    internal DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Opens or creates a job's journal, for this run alone.</summary>
    /// <param name="path">The file; a missing folder is created, like the file for its owner alone.</param>
    /// <param name="job">The job.</param>
    /// <param name="clock">Provides the start time; null for the system's clock.</param>
    /// <param name="caller">Who makes the run; null to record nothing of that.</param>
    /// <returns>The journal, including what earlier runs recorded.</returns>
    /// <exception cref="JournalException">It is in use, cannot be written, is not a journal, lacks records, is a copy of one, or belongs to another job.</exception>
    public static async Task<Journal> OpenAsync(string path, JournalJob job, TimeProvider? clock = null, JournalCaller? caller = null)
    {
        var file = await JournalOpener.OpenOrCreateAsync(path, clock ?? TimeProvider.System).ConfigureAwait(false);
        return Open(file, job, clock ?? TimeProvider.System, isAutomatic: false, caller);
    }

    /// <summary>Opens the journal in a file, which is closed if that fails.</summary>
    /// <exception cref="JournalException">As for <see cref="OpenAsync"/>.</exception>
    internal static Journal Open(JournalFile file, JournalJob job, TimeProvider clock, bool isAutomatic, JournalCaller? caller = null)
    {
        try
        {
            var index = JournalOpening.Load(file, job);
            JournalOpening.RequireComplete(file, index);
            var openedAt = clock.GetUtcNow();
            var run = new PendingLine(JournalLineFormatter.Run(openedAt, System.IO.Path.GetFullPath(file.Path), file.Identity, caller));
            JournalOpening.BeginAppending(file, index, isForced: !isAutomatic);
            file.Append(
                index.Job is null ? [new(JournalLineFormatter.Job(job)), run] : [.. JournalOpening.DescribeHoles(index), run],
                isForced: !isAutomatic,
                isWatched: true);
            return new Journal(file, index, new JournalWriter(file, isForced: !isAutomatic, clock), clock, openedAt) { IsAutomatic = isAutomatic };
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
    /// <exception cref="JournalException">It is not a journal, lacks records, is a copy of one, or belongs to another job.</exception>
    public static Journal? OpenForWhatIf(string path, JournalJob job)
    {
        JournalFile file;
        try
        {
            file = JournalOpener.OpenToRead(path);
        }
        catch (JournalException failure) when (failure.Code == JournalErrorCode.NotFound)
        {
            return null;
        }

        try
        {
            var index = JournalOpening.Load(file, job);
            JournalOpening.RequireComplete(file, index);
            return new Journal(file, index, writer: null, TimeProvider.System, TimeProvider.System.GetUtcNow());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>An automatic journal that could not be created. It accepts everything and keeps nothing.</summary>
    internal static Journal NotCreated(JournalException failure, TimeProvider clock) => new(failure, clock);

    /// <summary>Finds a row's place in the journal. The n-th identical row of a run is the n-th identical row of the journal.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The row's place.</returns>
    internal JournalEntry Claim(BindingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);

        if (_index is null || (_index.Job is null && IsAutomatic && row.RowNumber > 0))
        {
            // Nothing is resumed here, so identical rows are numbered when the journal is read: a table of all rows would
            // take more memory than the run.
            return new JournalEntry(this, row, number: null, claimed: null);
        }

        lock (_gate)
        {
            var identical = RowKey.From(row, number: 0);
            _claimed.TryGetValue(identical, out var count);
            _claimed[identical] = ++count;
            var key = RowKey.From(row, count);
            var state = _index.Find(key);
            var claim = ++_claims;
            var isBehindUnknown = _index.Claim(row.Iccid, key, state.Last, claim);
            return new JournalEntry(
                this, row, count, state.Last > 0 || isBehindUnknown || _index.Torn.Count > 0 ? new ClaimedRow(state, claim, isBehindUnknown) : null);
        }
    }

    /// <summary>Reads what earlier runs recorded of a row.</summary>
    internal RecordedRow Read(BindingRow row, int number, ClaimedRow claimed)
    {
        var state = claimed.State;
        lock (_gate)
        {
            if (_index!.FindTorn(row, number, state) is not null)
            {
                var unknown = JournalFormat.Interrupted(row, _index.LastRun?.StartedAt ?? _openedAt);

                // It gets an outcome of its own, which a person can resolve. If that is lost, the torn line is still there.
                _ = _writer?.AppendAsync(new PendingLine(JournalLineFormatter.Outcome(unknown, row, number)));
                return new RecordedRow { Outcome = unknown };
            }

            return new RecordedRow
            {
                Outcome = state.Outcome > 0 ? JournalFormat.OutcomeOf(_file!.ReadAt(state.Outcome), row.Operation) with { Row = row } : null,
                OpenIntent = state.Intent > 0 ? JournalFormat.IntentOf(_file!.ReadAt(state.Intent)) : null,
                IsBehindUnknown = claimed.IsBehindUnknown,
                IsOvertaken = state.Last > 0 && _index.IsOvertaken(row, state.Last, claimed.Claim),
            };
        }
    }

    /// <summary>Records which list the run is about to work on. An automatic journal with nothing else is not kept.</summary>
    /// <param name="hash">The hash of the list.</param>
    /// <returns>A task that completes when the record is as safe as it is made.</returns>
    /// <exception cref="JournalException">Thrown by the task: the record cannot be written.</exception>
    internal Task RecordListAsync(string hash) => _writer?.AppendAsync(new PendingLine(JournalLineFormatter.List(hash))) ?? Task.CompletedTask;

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
}
