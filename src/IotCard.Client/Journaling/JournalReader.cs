using IotCard.Client.Platform;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>Reads a journal, even one that a run is writing.</summary>
public static class JournalReader
{
    /// <summary>Reads how every row of a journal ended, and what of the file is damaged.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What can be read.</returns>
    /// <exception cref="JournalException">The file does not exist or is not a journal.</exception>
    public static JournalContents Read(string path)
    {
        using var file = JournalOpener.OpenToRead(path);
        var index = JournalIndex.Load(file);
        return new JournalContents
        {
            Outcomes = [.. index.ReadRows().Select(static row => row.Outcome)],
            DamagedLines = index.Scan.DamagedLines,
            GapReason = index.Gap is { } gap ? gap.Reason ?? string.Empty : null,
            HasCarriageReturns = index.Scan.Form.HasCarriageReturns,
            HasByteOrderMark = index.Scan.Form.HasByteOrderMark,
        };
    }

    /// <summary>Counts the outcomes of a journal's rows.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The counts; null if the journal has no complete line yet, or if somebody else could have written it.</returns>
    /// <exception cref="JournalException">The file does not exist or is not a journal.</exception>
    public static JournalSummary? Summarize(string path)
    {
        using var file = JournalOpener.OpenToRead(path);
        if (file.Trust.Reason is TrustReason.OtherOwner or TrustReason.WritableByOthers)
        {
            return null;
        }

        var index = JournalIndex.Load(file);
        if (index.Job is not { } job)
        {
            return null;
        }

        var counts = index.ReadRows().GroupBy(static row => row.Outcome.Status).ToDictionary(static group => group.Key, static group => group.Count());
        return new JournalSummary
        {
            Path = path,
            Job = job,
            ListHash = index.ListHash,
            StartedAt = index.StartedAt ?? new DateTimeOffset(File.GetLastWriteTimeUtc(path)),
            Succeeded = CountOf(OutcomeStatus.Succeeded),
            Failed = CountOf(OutcomeStatus.Failed),
            Unknown = CountOf(OutcomeStatus.Unknown),
        };

        int CountOf(OutcomeStatus status) => counts.TryGetValue(status, out var count) ? count : 0;
    }
}
