using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>What opening a journal finds out: its job, and the offsets of each row's lines.</summary>
internal sealed class JournalHistory
{
    private readonly Dictionary<RowKey, RowHistory> _rows = [];
    private readonly List<TornLine> _torn = [];
    private readonly UnknownRows _unknown = new();

    private JournalHistory(JournalJob? job) => Job = job;

    /// <summary>The job; null if the file has no complete line yet.</summary>
    internal JournalJob? Job { get; }

    /// <summary>The length of the file up to the end of its last complete line.</summary>
    internal long ValidLength { get; private set; }

    internal bool LacksLineFeed { get; private set; }

    /// <summary>The torn last line, if it is not kept in a <c>torn</c> line yet.</summary>
    internal TornLine? UnrecordedTornLine { get; private set; }

    /// <summary>The path of the last run's file, and its identity.</summary>
    internal JournalLine? LastRun { get; private set; }

    /// <summary>How many rows were in flight when their run ended.</summary>
    internal int OpenCount { get; private set; }

    internal static JournalHistory Load(JournalFile file)
    {
        var reader = file.Scan();
        var history = new JournalHistory(reader.ReadJob());
        if (history.Job is { } job)
        {
            history.Load(reader, job);
            history.ValidLength = reader.ValidLength;
            history.LacksLineFeed = reader.LacksLineFeed;
        }

        return history;
    }

    internal RowHistory Find(BindingRow row, int number) => _rows.TryGetValue(RowKey.From(row, number), out var found) ? found : default;

    /// <summary>
    /// Whether an earlier row of the same card is Unknown, so that this one must not be sent. Rows that were claimed are
    /// left to the run that claimed them.
    /// </summary>
    internal bool Claim(BindingRow row, int number, RowHistory history)
    {
        _unknown.Remove(row.Iccid, RowKey.From(row, number));
        return _unknown.ContainsEarlier(row.Iccid, Math.Max(history.Intent, history.Outcome));
    }

    /// <summary>Whether a torn line may belong to this row, so that it may have been sent.</summary>
    internal bool IsInDoubtByTornLine(BindingRow row, int number, RowHistory history)
    {
        foreach (var torn in _torn)
        {
            if (history.LeavesRoomFor(torn) && torn.MayBelongTo(row, number))
            {
                return true;
            }
        }

        return false;
    }

    private void Load(JournalLineReader reader, JournalJob job)
    {
        while (reader.TryReadRecord(out var line, out var offset))
        {
            if (line.BelongsToRow)
            {
                var row = JournalFormat.RowOf(line, job.Operation);
                var key = RowKey.From(row, line.Number!.Value);
                _rows.TryGetValue(key, out var known);
                OpenCount += (line.IsIntent ? 1 : 0) - (known.Intent > 0 ? 1 : 0);

                // Once a row has ended, none of its requests is in flight; a later intent belongs to a later attempt.
                _rows[key] = line.IsIntent
                    ? known with { Intent = offset, Run = reader.Run }
                    : new RowHistory { Outcome = offset, Status = JournalFormat.StatusOf(line), Run = reader.Run };
                if (line.IsIntent || _rows[key].Status == OutcomeStatus.Unknown)
                {
                    _unknown.Add(row.Iccid, key, offset);
                }
                else
                {
                    _unknown.Remove(row.Iccid, key);
                }
            }
            else if (line.Kind == JournalFormat.RunKind)
            {
                LastRun = line;
            }
            else
            {
                Add(reader.ReadFragment(line, offset));
            }
        }

        UnrecordedTornLine = reader.Torn;
        Add(reader.Torn);
        foreach (var torn in _torn)
        {
            if (torn.TryGetRow(job.Operation, out var row, out var number) && Find(row!, number).LeavesRoomFor(torn))
            {
                _unknown.Add(row!.Iccid, RowKey.From(row, number), torn.Offset);
            }
        }
    }

    private void Add(TornLine? torn)
    {
        if (torn is { BelongsToNoRow: false })
        {
            _torn.Add(torn);
        }
    }
}
