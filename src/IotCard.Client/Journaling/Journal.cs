using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>
/// The journal of one job: what was about to be sent, and how it ended, on the disk before anything follows from it. A
/// run that died is resumed by running the same input with the same journal. The format is in docs/journal.md.
/// </summary>
public sealed class Journal : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly Dictionary<RowKey, RowHistory> _rows = [];
    private readonly JournalFile _file;
    private readonly JournalJob _job;
    private JournalWriter? _writer;

    private Journal(JournalFile file, JournalJob job)
    {
        _file = file;
        _job = job;
    }

    /// <summary>Opens a job's journal, or begins one, for this run alone.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="job">The job.</param>
    /// <returns>The journal, with what earlier runs left in it.</returns>
    /// <exception cref="JournalException">It is in use, cannot be written, is no journal, or is another job's.</exception>
    public static async Task<Journal> OpenAsync(string path, JournalJob job) =>
        await OpenAsync(JournalFile.OpenToWrite(path), job).ConfigureAwait(false);

    internal static async Task<Journal> OpenAsync(JournalFile file, JournalJob job)
    {
        try
        {
            var journal = new Journal(file, job);
            var validLength = journal.Load();

            // A torn last line was never whole on the disk, so nothing followed from it.
            file.Repair(validLength);
            journal._writer = new JournalWriter(file);
            if (validLength == 0)
            {
                await journal.AppendAsync(JournalFormat.Job(job)).ConfigureAwait(false);
            }

            return journal;
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

    /// <summary>Opens a journal to look things up in it, for a rehearsal: nothing is created, changed or repaired.</summary>
    /// <param name="path">The file.</param>
    /// <param name="job">The job.</param>
    /// <returns>The journal, or null where there is none yet.</returns>
    /// <exception cref="JournalException">It is in use, is no journal, or is another job's.</exception>
    public static Journal? OpenForWhatIf(string path, JournalJob job)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = JournalFile.OpenToRead(path);
        try
        {
            var journal = new Journal(file, job);
            journal.Load();
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Finds a row's place. The n-th time that a run asks for the same row, it is the n-th of its kind that is meant.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <returns>Its place.</returns>
    public JournalEntry Take(BindingRow row)
    {
        ArgumentNullException.ThrowIfNull(row);

        lock (_gate)
        {
            var number = 1;
            var key = RowKey.Of(row, number);
            RowHistory history;
            while (_rows.TryGetValue(key, out history) && history.IsClaimed)
            {
                key = RowKey.Of(row, ++number);
            }

            _rows[key] = new RowHistory { IsClaimed = true };
            return new JournalEntry(
                this,
                row,
                number,
                history.Outcome > 0 ? JournalFormat.OutcomeOf(_file.ReadAt(history.Outcome), row.Operation) : null,
                history.Intent > 0 ? JournalFormat.IntentOf(_file.ReadAt(history.Intent)) : null);
        }
    }

    /// <summary>Waits until what was recorded is on the disk, and lets go of the file.</summary>
    /// <returns>A task that completes then.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.CloseAsync().ConfigureAwait(false);
        }

        _file.Dispose();
    }

    internal Task AppendAsync(JournalLine line) =>
        (_writer ?? throw new InvalidOperationException("A rehearsal writes nothing.")).AppendAsync(JournalFormat.ToBytes(line));

    private long Load()
    {
        var scan = _file.Scan();
        if (scan.ReadJob() is { } job && job != _job)
        {
            throw new JournalException(JournalErrorCode.OtherJob, _file.Path, job.ToString());
        }

        while (scan.TryReadRecord(out var line, out var offset))
        {
            var key = RowKey.Of(JournalFormat.RowOf(line, _job.Operation), line.Number!.Value);
            _rows.TryGetValue(key, out var history);

            // Once a row has ended, nothing of it is under way; an intent after that is of a later try.
            _rows[key] = line.IsIntent ? history with { Intent = offset } : new RowHistory { Outcome = offset };
        }

        return scan.ValidLength;
    }
}
