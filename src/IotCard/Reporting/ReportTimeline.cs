using IotCard.Client.Rules;

namespace IotCard.Reporting;

/// <summary>How many rows ended when, in equal intervals from the first to the last.</summary>
internal sealed class ReportTimeline
{
    private const int MaximumIntervals = 48;

    internal ReportTimeline(IReadOnlyList<ReportRow> rows, DateTime start, DateTime end)
    {
        Start = start;
        Interval = TimeSpan.FromSeconds(Math.Max((end - start).TotalSeconds / MaximumIntervals, 1));
        var length = Math.Max((int)Math.Ceiling((end - start).TotalSeconds / Interval.TotalSeconds), 1);
        Counts = [.. Enumerable.Range(0, length).Select(static _ => new int[3])];
        foreach (var row in rows)
        {
            if (row.EndedAt is { } time)
            {
                var at = Math.Min((int)((time - start).TotalSeconds / Interval.TotalSeconds), length - 1);
                Counts[at][PlaceOf(row)]++;
            }
        }

        Peak = Counts.Max(static count => count.Sum());
    }

    internal DateTime Start { get; }

    internal TimeSpan Interval { get; }

    /// <summary>Rows by interval, and in it Succeeded, Failed, Unknown.</summary>
    internal IReadOnlyList<int[]> Counts { get; }

    internal int Length => Counts.Count;

    /// <summary>The most rows that ended in one interval.</summary>
    internal int Peak { get; }

    /// <summary>A settled row is shown as what it was at the time.</summary>
    private static int PlaceOf(ReportRow row) => (row.Unsettled?.Outcome ?? row.Outcome) switch
    {
        OutcomeStatus.Succeeded => 0,
        OutcomeStatus.Failed => 1,
        _ => 2,
    };
}
