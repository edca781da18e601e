using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>A whole journal, row by row in the order of first occurrence.</summary>
internal sealed class JournalContents
{
    private readonly Dictionary<RowKey, int> _places = [];
    private readonly List<JournalRecord> _records = [];

    private JournalContents(JournalJob? job) => Job = job;

    /// <summary>The job; null if the file has no complete line yet.</summary>
    internal JournalJob? Job { get; }

    /// <summary>When the first run started, as far as the journal says.</summary>
    internal DateTimeOffset? StartedAt { get; private set; }

    /// <summary>How many runs wrote it.</summary>
    internal int RunCount { get; private set; }

    internal IReadOnlyList<JournalRecord> Records => _records;

    /// <summary>Whether there is a torn line whose row cannot be identified.</summary>
    internal bool HasUnidentifiedRow { get; private set; }

    internal static JournalContents Read(JournalFile file)
    {
        var reader = file.Scan();
        var contents = new JournalContents(reader.ReadJob());
        if (contents.Job is { } job)
        {
            contents.Read(reader, job.Operation);
        }

        return contents;
    }

    private void Read(JournalLineReader reader, BindingOperation operation)
    {
        var torn = new List<TornLine>();
        DateTimeOffset? run = null;
        while (reader.TryReadRecord(out var line, out var offset))
        {
            run = line.StartedAt ?? run;
            StartedAt ??= line.StartedAt ?? line.Timestamp ?? line.CompletedAt;
            if (line.BelongsToRow)
            {
                var history = line.IsIntent
                    ? new RowHistory { Intent = offset, Run = reader.Run }
                    : new RowHistory { Outcome = offset, Status = JournalFormat.StatusOf(line), Run = reader.Run };
                Set(JournalFormat.OutcomeOf(line, operation), line.Number!.Value, history);
            }
            else if (reader.ReadFragment(line, offset) is { } kept)
            {
                torn.Add(kept);
            }
        }

        RunCount = reader.Run;
        if (reader.Torn is not null)
        {
            torn.Add(reader.Torn);
        }

        foreach (var one in torn)
        {
            Apply(one, operation, run ?? default);
        }
    }

    private void Set(RowOutcome outcome, int number, RowHistory history)
    {
        var key = RowKey.From(outcome.Row, number);
        if (_places.TryGetValue(key, out var place))
        {
            _records[place] = new JournalRecord(outcome, number, history);
        }
        else
        {
            _places.Add(key, _records.Count);
            _records.Add(new JournalRecord(outcome, number, history));
        }
    }

    private void Apply(TornLine torn, BindingOperation operation, DateTimeOffset at)
    {
        for (var i = 0; i < _records.Count; i++)
        {
            var (outcome, number, history) = _records[i];
            if (history.LeavesRoomFor(torn) && torn.MayBelongTo(outcome.Row, number))
            {
                _records[i] = new JournalRecord(JournalFormat.Interrupted(outcome.Row, at), number, history);
            }
        }

        if (!torn.TryGetRow(operation, out var row, out var rowNumber))
        {
            HasUnidentifiedRow |= !torn.BelongsToNoRow;
        }
        else if (!_places.ContainsKey(RowKey.From(row!, rowNumber)))
        {
            Set(JournalFormat.Interrupted(row!, at), rowNumber, new RowHistory { Intent = torn.Offset, Run = torn.Run });
        }
    }
}
