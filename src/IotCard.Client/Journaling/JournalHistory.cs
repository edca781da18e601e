using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>What a journal's file tells when it is opened: of which job it is, and where it speaks of each row.</summary>
internal sealed class JournalHistory
{
    private readonly Dictionary<RowKey, RowHistory> _rows = [];
    private readonly List<TornLine> _torn = [];

    private JournalHistory(JournalJob? job) => Job = job;

    /// <summary>The job; null where the file has no whole line yet.</summary>
    internal JournalJob? Job { get; }

    /// <summary>The length of the file up to the end of its last whole line.</summary>
    internal long ValidLength { get; private set; }

    internal bool LacksLineFeed { get; private set; }

    /// <summary>The torn last line that no <c>torn</c> line speaks of yet.</summary>
    internal TornLine? UnrecordedTornLine { get; private set; }

    /// <summary>Where the last run had the file, and which file it was.</summary>
    internal JournalLine? LastRun { get; private set; }

    /// <summary>How many rows were under way when their run ended.</summary>
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

    /// <summary>Whether a line that was torn may be of this row, so that nobody can say that it was not sent.</summary>
    internal bool IsInDoubtByTornLine(BindingRow row, int number, RowHistory history)
    {
        foreach (var torn in _torn)
        {
            if (history.LeavesRoomFor(torn) && torn.MayBeOf(row, number))
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
            if (line.IsOfARow)
            {
                var key = RowKey.From(JournalFormat.RowOf(line, job.Operation), line.Number!.Value);
                _rows.TryGetValue(key, out var known);
                OpenCount += (line.IsIntent ? 1 : 0) - (known.Intent > 0 ? 1 : 0);

                // Once a row has ended, nothing of it is under way; an intent after that is of a later try.
                _rows[key] = line.IsIntent
                    ? known with { Intent = offset, Run = reader.Run }
                    : new RowHistory { Outcome = offset, Status = JournalFormat.StatusOf(line), Run = reader.Run };
            }
            else if (line.Kind == JournalFormat.RunKind)
            {
                LastRun = line;
            }
            else
            {
                Add(TornLine.TryRead(line, offset, reader.Run));
            }
        }

        UnrecordedTornLine = reader.Torn;
        Add(reader.Torn);
    }

    private void Add(TornLine? torn)
    {
        if (torn is { IsOfNoRow: false })
        {
            _torn.Add(torn);
        }
    }
}
