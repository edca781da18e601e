using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>A whole journal, for a report: its job, its runs, and how each row ended and was settled.</summary>
public sealed record JournalDetails
{
    private JournalDetails(string path, JournalJob? job, IReadOnlyList<DateTimeOffset> runs, IReadOnlyList<JournalRow> rows)
    {
        Path = path;
        Job = job;
        Runs = runs;
        Rows = rows;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The job; null if the journal has no complete line yet.</summary>
    public JournalJob? Job { get; }

    /// <summary>When each run that wrote the journal started, UTC; none in format 1.</summary>
    public IReadOnlyList<DateTimeOffset> Runs { get; }

    /// <summary>The rows, in the order of first occurrence.</summary>
    public IReadOnlyList<JournalRow> Rows { get; }

    /// <summary>Reads a journal, even one that a run is writing.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="JournalException">The file does not exist or is not a journal.</exception>
    public static JournalDetails Read(string path)
    {
        using var file = JournalFile.OpenToRead(path);
        var contents = JournalContents.Read(file);
        var runs = new List<DateTimeOffset>();
        var unsettled = ReadUnsettled(file, runs);
        return new JournalDetails(path, contents.Job, runs, [.. contents.Records.Select(ToRow)]);

        JournalRow ToRow(JournalRecord record) =>
            new(record.Outcome, unsettled.TryGetValue(RowKey.From(record.Outcome.Row, record.Number), out var before) ? before : null);
    }

    /// <summary>Finds, for each row whose last line is a resolution, what it had been before.</summary>
    private static Dictionary<RowKey, RowOutcome> ReadUnsettled(JournalFile file, List<DateTimeOffset> runs)
    {
        var last = new Dictionary<RowKey, RowOutcome>();
        var unsettled = new Dictionary<RowKey, RowOutcome>();
        var reader = file.Scan();
        if (reader.ReadJob() is not { } job)
        {
            return unsettled;
        }

        while (reader.TryReadRecord(out var line, out _))
        {
            if (line.StartedAt is { } startedAt)
            {
                runs.Add(startedAt);
            }

            if (!line.BelongsToRow)
            {
                continue;
            }

            var outcome = JournalFormat.OutcomeOf(line, job.Operation);
            var key = RowKey.From(outcome.Row, line.Number!.Value);
            if (line.Kind != JournalFormat.ResolutionKind)
            {
                last[key] = outcome;
                unsettled.Remove(key);
            }
            else if (last.TryGetValue(key, out var before))
            {
                unsettled[key] = before;
            }
        }

        return unsettled;
    }
}
