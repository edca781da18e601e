using System.Globalization;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>
/// The report as one HTML file: no script, nothing loaded from elsewhere, foldable where it is long. Its style is
/// Report.css.
/// </summary>
internal sealed class HtmlReport(Text text, CultureInfo culture) : IReportFormat
{
    // A browser lays out only what is unfolded, so a long list is folded in parts.
    private const int RowsPerPart = 500;

    private const int UnfoldedRows = 10;

    private static readonly (OutcomeStatus Outcome, string Class)[] Outcomes =
        [(OutcomeStatus.Succeeded, "succeeded"), (OutcomeStatus.Failed, "failed"), (OutcomeStatus.Unknown, "unknown")];

    private readonly HtmlBuilder _html = new();

    /// <inheritdoc/>
    public string Write(Report report)
    {
        _html.Add($"<!DOCTYPE html>");
        _html.Add($"<html lang=\"{(culture.TwoLetterISOLanguageName == "zh" ? "zh-CN" : "en")}\">");
        _html.Add($"<head>");
        _html.Add($"<meta charset=\"utf-8\">");
        _html.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        _html.Add($"<meta name=\"color-scheme\" content=\"light dark\">");
        _html.Add($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        _html.Add($"<title>{report.Title}</title>");
        _html.AddMarkup("<style>").AddMarkup(ReportStyle.Css).AddMarkup("</style>");
        _html.Add($"</head>");
        _html.Add($"<body>");
        _html.Add($"<header><p class=\"eyebrow\">{(report.Operation.Length > 0 ? $"IotCard · {report.Operation}" : "IotCard")}</p><h1>{report.Title}</h1><p class=\"lead\">{report.Summary}</p></header>");
        _html.Add($"<main>");
        AddTotals(report);
        AddTimeline(report);
        AddCauses(report);
        AddSettled(report);
        AddOrigin(report);
        AddRows(report);
        _html.Add($"</main>");
        _html.Add($"<footer>{text.Format("Report_Created", ReportText.Time(report.CreatedAt))}</footer>");
        _html.Add($"</body>");
        _html.Add($"</html>");
        return _html.ToString();
    }

    private void AddTotals(Report report)
    {
        _html.Add($"<section class=\"totals\" aria-label=\"{text.Get("Report_Totals")}\">");
        AddBar(report);
        _html.Add($"<dl class=\"tiles\">");
        foreach (var (outcome, name) in Outcomes)
        {
            _html.Add($"<div class=\"{name}\"><dt>{Name(outcome)}</dt><dd>{Report.Count(report.CountOf(outcome))}</dd></div>");
        }

        if (report is { StartedAt: { } start, EndedAt: { } end })
        {
            _html.Add($"<div><dt>{text.Get("Report_Duration")}</dt><dd>{ReportText.Duration(end - start)}</dd></div>");
        }

        _html.Add($"</dl>");
        _html.Add($"</section>");
    }

    /// <summary>The outcomes as one bar. SVG, because browsers print shapes, but not backgrounds.</summary>
    private void AddBar(Report report)
    {
        if (report.Rows.Count == 0)
        {
            return;
        }

        _html.Add($"<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{report.Summary}\">");
        // A single failure among thousands of rows must be seen, so none is narrower than this.
        var widths = Outcomes.Select(one => report.CountOf(one.Outcome) is var count && count > 0 ? Math.Max(1000.0 * count / report.Rows.Count, 6) : 0).ToList();
        var at = 0.0;
        for (var i = 0; i < widths.Count; i++)
        {
            var width = widths[i] * 1000 / widths.Sum();
            _html.Add($"<rect class=\"{Outcomes[i].Class}\" x=\"{at:0.##}\" y=\"0\" width=\"{width:0.##}\" height=\"10\"/>");
            at += width;
        }

        _html.Add($"</svg>");
    }

    private void AddTimeline(Report report)
    {
        if (report.Timeline is not { Length: > 1 } timeline)
        {
            return;
        }

        var peak = timeline.Peak / timeline.Interval.TotalSeconds;
        var (rate, unit) = peak >= 1 ? (peak, "Report_PerSecond") : peak * 60 >= 1 ? (peak * 60, "Report_PerMinute") : (peak * 3600, "Report_PerHour");
        _html.Add($"<section><h2>{text.Get("Report_OverTime")}</h2>");
        _html.Add($"<figure><p class=\"axis\"><span>{text.Format(unit, rate.ToString("0.#", CultureInfo.InvariantCulture))}</span><span class=\"legend\">");
        foreach (var (outcome, name) in Outcomes)
        {
            _html.Add($"<span class=\"{name}\">{Name(outcome)}</span>");
        }

        _html.Add($"</span></p>");
        _html.Add($"<svg class=\"timeline\" viewBox=\"0 0 {timeline.Length * 10} 100\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{text.Get("Report_OverTime")}\">");
        _html.Add($"<path class=\"grid\" d=\"M0 0H{timeline.Length * 10}M0 50H{timeline.Length * 10}\"/>");
        for (var i = 0; i < timeline.Length; i++)
        {
            AddInterval(timeline, i);
        }

        _html.Add($"<path class=\"base\" d=\"M0 100H{timeline.Length * 10}\"/>");
        _html.Add($"</svg>");
        var isOneDay = report.StartedAt!.Value.Date == report.EndedAt!.Value.Date;
        _html.Add($"<p class=\"axis\"><time>{ReportText.Time(report.StartedAt)}</time><time>{(isOneDay ? ReportText.Clock(report.EndedAt.Value) : ReportText.Time(report.EndedAt))}</time></p></figure>");
        _html.Add($"</section>");
    }

    private void AddInterval(ReportTimeline timeline, int interval)
    {
        var top = 100.0;
        for (var i = 0; i < Outcomes.Length; i++)
        {
            if (timeline.Counts[interval][i] > 0)
            {
                var height = 100.0 * timeline.Counts[interval][i] / timeline.Peak;
                top -= height;
                _html.Add($"<rect class=\"{Outcomes[i].Class}\" x=\"{(interval * 10) + 1}\" y=\"{top:0.##}\" width=\"8\" height=\"{height:0.##}\"/>");
            }
        }
    }

    private void AddCauses(Report report)
    {
        if (report.Causes.Count == 0)
        {
            return;
        }

        _html.Add($"<section><h2>{text.Get("Report_Causes")}</h2>");
        foreach (var cause in report.Causes)
        {
            _html.Add($"<article class=\"{ClassOf(cause.Outcome)}\"><h3><span class=\"count\">{Report.Count(cause.Rows.Count)}</span> <code>{cause.Code}</code></h3>");
            _html.Add($"<p>{cause.Meaning}</p><p class=\"advice\">{cause.Advice}</p>");
            AddFolded(cause.Rows.Count, "Report_ShowRows");
            AddTable(cause.Rows, isOfOneCause: true);
            _html.Add($"</details></article>");
        }

        _html.Add($"</section>");
    }

    private void AddSettled(Report report)
    {
        if (report.Settled.Count == 0)
        {
            return;
        }

        _html.Add($"<section><h2>{text.Get("Report_Settled")}</h2><p>{text.Get("Report_SettledHow")}</p>");
        foreach (var group in report.Settled.GroupBy(row => (row.Outcome, How: ReportText.HowSettled(row, text))))
        {
            var rows = group.ToList();
            _html.Add($"<article class=\"{ClassOf(group.Key.Outcome)}\"><h3><span class=\"count\">{Report.Count(rows.Count)}</span> {Name(group.Key.Outcome)}</h3>");
            _html.Add($"<p>{group.Key.How}</p>");
            _html.Add($"<p class=\"advice\">{text.Format("Report_SettledAt", ReportText.Time(rows.Max(static row => row.CompletedAt)))}</p>");
            AddFolded(rows.Count, "Report_ShowBefore");
            AddTable([.. rows.Select(static row => row.Unsettled! with { Row = row.Row, Evidence = row.Evidence })], isOfOneCause: true);
            _html.Add($"</details></article>");
        }

        _html.Add($"</section>");
    }

    private void AddOrigin(Report report)
    {
        _html.Add($"<section><h2>{text.Get("Report_Origin")}</h2><dl class=\"facts\">");
        AddFact("Report_Operation", report.Operation);
        AddFact("Report_Start", ReportText.Time(report.StartedAt));
        AddFact("Report_End", ReportText.Time(report.EndedAt));
        foreach (var fact in ReportFacts.Of(report, text))
        {
            AddFact(fact.Name, fact.Value);
        }

        _html.Add($"</dl></section>");
    }

    private void AddRows(Report report)
    {
        if (report.Rows.Count == 0)
        {
            return;
        }

        _html.Add($"<section><h2>{text.Get("Report_Rows")}</h2>");
        for (var first = 0; first < report.Rows.Count; first += RowsPerPart)
        {
            var part = report.Rows.Skip(first).Take(RowsPerPart).ToList();
            _html.Add($"<details><summary>{text.Format("Report_Part", Report.Count(first + 1), Report.Count(first + part.Count))}</summary>");
            AddTable(part, isOfOneCause: false);
            _html.Add($"</details>");
        }

        _html.Add($"</section>");
    }

    /// <summary>Begins a list that is folded if it is long.</summary>
    private void AddFolded(int count, string summary) =>
        _html.AddMarkup(count <= UnfoldedRows ? "<details open>" : "<details>").Add($"<summary>{text.Format(summary, Report.Count(count))}</summary>");

    /// <summary>A table of rows. The code of rows of one cause stands above it.</summary>
    private void AddTable(IReadOnlyList<ReportRow> rows, bool isOfOneCause)
    {
        _html.Add($"<table><thead><tr><th class=\"number\">{text.Get("Report_Row")}</th><th>{text.Get("Report_Card")}</th>");
        if (!isOfOneCause)
        {
            _html.Add($"<th>{text.Get("Report_Outcome")}</th>");
        }

        _html.Add($"<th>{text.Get("Report_Message")}</th><th>{text.Get("Report_Time")}</th></tr></thead><tbody>");
        foreach (var row in rows)
        {
            AddRow(row, isOfOneCause);
        }

        _html.Add($"</tbody></table>");
    }

    private void AddRow(ReportRow row, bool isOfOneCause)
    {
        _html.Add($"<tr><td class=\"number\">{ReportText.RowNumber(row)}</td><td class=\"card\"><code>{row.Iccid}</code><code class=\"id\">{ReportText.Devices(row)}</code></td>");
        if (!isOfOneCause)
        {
            _html.Add($"<td class=\"{ClassOf(row.Outcome)}\">{Name(row.Outcome)} <code>{(row.Code == OutcomeCode.Ok ? string.Empty : row.Code)}</code></td>");
        }

        var message = row.Outcome == OutcomeStatus.Succeeded && row.Unsettled is null ? string.Empty : row.Message;
        if (row.Evidence is not null)
        {
            message = $"{message} {text.Format("Report_Event", row.Evidence)}";
        }

        _html.Add($"<td>{message} <span class=\"id\">{row.RequestId}</span></td><td class=\"time\"><time>{ReportText.Time(row.CompletedAt)}</time></td></tr>");
    }

    /// <summary>A fact that is known.</summary>
    private void AddFact(string name, string? value)
    {
        if (value is { Length: > 0 })
        {
            _html.AddMarkup(name is ReportFacts.ListHash or ReportFacts.JournalHash ? "<div class=\"hash\">" : "<div>");
            _html.Add($"<dt>{text.Get(name)}</dt><dd>{value}</dd></div>");
        }
    }

    private string Name(OutcomeStatus outcome) => text.Get("Report_Outcome_" + outcome);

    private static string ClassOf(OutcomeStatus outcome) => Outcomes.First(one => one.Outcome == outcome).Class;
}
