using IotCard.Client.Sending;

namespace IotCard.Client.Journaling;

/// <summary>Reads a journal back as outcomes.</summary>
public static class JournalReader
{
    /// <summary>
    /// Reads how every row of a journal ended, in the order in which the rows first occur. A row whose request was under
    /// way when the last run ended is unknown.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The outcomes.</returns>
    /// <exception cref="JournalException">There is no such file, it is in use, or it is no journal.</exception>
    public static IReadOnlyList<RowOutcome> Read(string path)
    {
        using var file = JournalFile.OpenToRead(path);
        var scan = file.Scan();
        if (scan.ReadJob() is not { } job)
        {
            return [];
        }

        var places = new Dictionary<RowKey, int>();
        var outcomes = new List<RowOutcome>();
        while (scan.TryReadRecord(out var line, out _))
        {
            var row = JournalFormat.RowOf(line, job.Operation);
            var outcome = line.IsOutcome
                ? JournalFormat.OutcomeOf(line, job.Operation)
                : RowOutcome.Unknown(row, OutcomeCode.Interrupted) with { CompletedAt = line.Timestamp!.Value };
            var key = RowKey.Of(row, line.Number!.Value);
            if (places.TryGetValue(key, out var place))
            {
                outcomes[place] = outcome;
            }
            else
            {
                places.Add(key, outcomes.Count);
                outcomes.Add(outcome);
            }
        }

        return outcomes;
    }
}
