using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>Reads a journal, even one that a run is writing.</summary>
public static class JournalReader
{
    /// <summary>
    /// Reads how every row of a journal ended, in the order of first occurrence. A row whose request was in flight when
    /// the last run ended is Unknown.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <returns>The outcomes.</returns>
    /// <exception cref="JournalException">The file does not exist or is not a journal.</exception>
    public static IReadOnlyList<RowOutcome> Read(string path)
    {
        using var file = JournalFile.OpenToRead(path);
        return [.. JournalContents.Read(file).Records.Select(static record => record.Outcome)];
    }

    /// <summary>Counts the outcomes of a journal's rows.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The counts; null if the journal has no complete line yet.</returns>
    /// <exception cref="JournalException">The file does not exist or is not a journal.</exception>
    public static JournalSummary? Summarize(string path)
    {
        using var file = JournalFile.OpenToRead(path);
        var contents = JournalContents.Read(file);
        if (contents.Job is not { } job)
        {
            return null;
        }

        var counts = contents.Records.GroupBy(static record => record.Outcome.Status).ToDictionary(static group => group.Key, static group => group.Count());
        return new JournalSummary
        {
            Path = path,
            Job = job,
            StartedAt = contents.StartedAt ?? new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
            Succeeded = CountOf(OutcomeStatus.Succeeded),
            Failed = CountOf(OutcomeStatus.Failed),
            Unknown = CountOf(OutcomeStatus.Unknown),
        };

        int CountOf(OutcomeStatus status) => counts.TryGetValue(status, out var count) ? count : 0;
    }
}
