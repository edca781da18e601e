using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>A whole journal, for a report: its job, its runs, and how each row ended and was settled.</summary>
public sealed record JournalDetails
{
    private JournalDetails(string path, JournalJob? job, IReadOnlyList<JournalRun> runs, IReadOnlyList<JournalRow> rows)
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

    /// <summary>The runs that wrote the journal.</summary>
    public IReadOnlyList<JournalRun> Runs { get; }

    /// <summary>The rows, in the order of first occurrence.</summary>
    public IReadOnlyList<JournalRow> Rows { get; }

    /// <summary>Reads a journal, even one that a run is writing.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The journal.</returns>
    /// <exception cref="JournalException">The file does not exist, is not a journal, or is damaged.</exception>
    public static JournalDetails Read(string path)
    {
        using var file = JournalOpener.OpenToRead(path);
        var index = JournalIndex.Load(file);
        index.Scan.RequireWhole();
        var runs = new List<JournalRun>();
        var unsettled = ReadUnsettled(file, index, runs);
        return new JournalDetails(path, index.Job, runs, [.. index.ReadRows().Select(ToRow)]);

        JournalRow ToRow(IndexedRow row) =>
            new(row.Outcome, unsettled.TryGetValue(RowKey.From(row.Outcome.Row, row.State.Number), out var before) ? before : null);
    }

    /// <summary>Finds, for each row whose last line is a resolution, what it had been before.</summary>
    private static Dictionary<RowKey, RowOutcome> ReadUnsettled(JournalFile file, JournalIndex index, List<JournalRun> runs)
    {
        var last = new Dictionary<RowKey, RowOutcome>();
        var unsettled = new Dictionary<RowKey, RowOutcome>();
        var scan = new JournalScan(file);
        while (scan.TryRead(out var line, out _))
        {
            if (line.StartedAt is { } startedAt)
            {
                runs.Add(new JournalRun(startedAt, new JournalCaller(line.User, line.Machine, line.AccessKeyId)));
            }

            if (line.Hash is { } hash && runs.Count > 0)
            {
                runs[^1] = runs[^1] with { ListHash = hash };
            }

            if (!line.BelongsToRow)
            {
                continue;
            }

            var outcome = JournalFormat.OutcomeOf(line, index.OperationOf(line));
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
