using IotCard.Client.Sanitizing;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>What a report says, in whatever format.</summary>
internal sealed class Report
{
    private readonly Text _text;

    internal Report(Text text, string? title, IReadOnlyList<ReportSource> sources, IReadOnlyList<ReportRow> rows, DateTime createdAt)
    {
        _text = text;
        Sources = sources;
        Rows = rows;
        CreatedAt = createdAt;
        Operation = FindOperation();
        Title = title is not null ? SafeText.Clean(title)
            : Operation.Length > 0 ? text.Format("Report_Title", Operation)
            : text.Get("Report_NoRows");
        Causes = [.. rows.Where(static row => row.Outcome != OutcomeStatus.Succeeded)
            .GroupBy(static row => (row.Outcome, row.Code))
            .Select(group => new ReportCause(text, group.Key.Outcome, group.Key.Code, [.. group]))
            .OrderByDescending(static cause => cause.Outcome == OutcomeStatus.Unknown)
            .ThenByDescending(static cause => cause.Rows.Count)];
        Settled = [.. rows.Where(static row => row.Unsettled is not null)];
        var ends = rows.Select(static row => row.EndedAt).OfType<DateTime>().ToList();
        if (ends.Count > 0)
        {
            EndedAt = ends.Max();
            StartedAt = rows.Where(static row => row.EndedAt is not null).Min(static row => row.EndedAt!.Value.AddSeconds(-Math.Min(row.Elapsed, 86400)));
            Timeline = new ReportTimeline(rows, StartedAt.Value, EndedAt.Value);
        }
    }

    internal string Title { get; }

    /// <summary>The operation in the report's language; both names, if the rows are of both; empty if nothing says.</summary>
    internal string Operation { get; }

    internal IReadOnlyList<ReportSource> Sources { get; }

    internal IReadOnlyList<ReportRow> Rows { get; }

    /// <summary>What did not succeed, by cause: what is unknown first, then what failed most.</summary>
    internal IReadOnlyList<ReportCause> Causes { get; }

    /// <summary>The rows that were Unknown and have been settled.</summary>
    internal IReadOnlyList<ReportRow> Settled { get; }

    /// <summary>UTC.</summary>
    internal DateTime CreatedAt { get; }

    /// <summary>When the first row was begun, UTC; null if no row says.</summary>
    internal DateTime? StartedAt { get; }

    /// <summary>When the last row ended, UTC.</summary>
    internal DateTime? EndedAt { get; }

    internal ReportTimeline? Timeline { get; }

    /// <summary>What became of the rows, and whether it was practice, in a sentence each.</summary>
    internal string Summary => IsPractice ? _text.Format("Sentences", Totals, _text.Get("RunWasPractice")) : Totals;

    private string Totals => _text.Format(
        "Report_Summary", Count(Rows.Count), Count(CountOf(OutcomeStatus.Succeeded)), Count(CountOf(OutcomeStatus.Failed)), Count(CountOf(OutcomeStatus.Unknown)));

    /// <summary>Whether all journals say that nothing reached the live service.</summary>
    private bool IsPractice => Sources.Count > 0 && Sources.All(static source => source.IsPractice);

    internal int CountOf(OutcomeStatus outcome) => Rows.Count(row => row.Outcome == outcome);

    /// <summary>A number with separators that every reader of either language knows.</summary>
    internal static string Count(int number) => number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private string FindOperation() => string.Join(" + ", Rows.Select(static row => row.Operation)
        .Concat(Sources.Select(static source => source.Operation ?? string.Empty))
        .Where(static name => name.Length > 0)
        .Distinct(StringComparer.Ordinal)
        .Select(name => _text.Find(name) ?? name));
}
