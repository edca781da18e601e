using System.Globalization;
using System.Text;
using IotCard.Client.Rules;
using IotCard.Texts;

namespace IotCard.Reporting;

/// <summary>
/// The report in GitHub's Markdown, for the summary of a job. It lists the rows that did not succeed; a summary may have
/// a mebibyte at most.
/// </summary>
internal sealed class MarkdownReport(Text text) : IReportFormat
{
    private const int MaximumRows = 500;

    private readonly StringBuilder _page = new();

    /// <inheritdoc/>
    public string Write(Report report)
    {
        Line($"# {Escape(report.Title)}");
        Line($"{Escape(report.Summary)}");
        Table(
            [text.Get("Report_Outcome_Succeeded"), text.Get("Report_Outcome_Failed"), text.Get("Report_Outcome_Unknown")],
            [[.. new[] { OutcomeStatus.Succeeded, OutcomeStatus.Failed, OutcomeStatus.Unknown }.Select(outcome => Report.Count(report.CountOf(outcome)))]]);
        AddCauses(report);
        AddSettled(report);
        AddOrigin(report);
        return _page.ToString().TrimEnd('\n') + "\n";
    }

    /// <summary>
    /// Makes a text plain in Markdown: no markup, no link, no mention, no end of a table's cell. A character reference
    /// never counts as markup, so everything becomes one but letters, digits, blanks and what ends a phrase.
    /// </summary>
    internal static string Escape(string? value)
    {
        var escaped = new StringBuilder();
        var text = value ?? string.Empty;
        for (var i = 0; i < text.Length; i++)
        {
            var endsWord = i + 1 == text.Length || text[i + 1] == ' ';
            if (text[i] > '~' || text[i] is ' ' or '(' or ')' || char.IsLetterOrDigit(text[i]) || (text[i] is '.' or ',' or ':' or ';' && endsWord))
            {
                escaped.Append(text[i]);
            }
            else
            {
                escaped.Append("&#").Append(((int)text[i]).ToString(CultureInfo.InvariantCulture)).Append(';');
            }
        }

        return escaped.ToString();
    }

    private void AddCauses(Report report)
    {
        if (report.Causes.Count == 0)
        {
            return;
        }

        Line($"## {text.Get("Report_Causes")}");
        Table(
            ["#", text.Get("Report_Code"), text.Get("Report_Meaning"), text.Get("Report_Advice")],
            report.Causes.Select(static cause => new[] { Report.Count(cause.Rows.Count), cause.Code, cause.Meaning, cause.Advice }));
        var rows = report.Causes.SelectMany(static cause => cause.Rows).ToList();
        Line($"<details><summary>{Escape(text.Format("Report_ShowRows", Report.Count(rows.Count)))}</summary>");
        Table(
            [text.Get("Report_Row"), "ICCID", text.Get("Report_Devices"), text.Get("Report_Outcome"), text.Get("Report_Code"), text.Get("Report_Message")],
            rows.Take(MaximumRows).Select(row => new[] { ReportText.RowNumber(row), row.Iccid, ReportText.Devices(row), text.Get("Report_Outcome_" + row.Outcome), row.Code, row.Message ?? string.Empty }));
        if (rows.Count > MaximumRows)
        {
            Line($"{Escape(text.Format("Report_MoreRows", Report.Count(rows.Count - MaximumRows)))}");
        }

        Line($"</details>");
    }

    private void AddSettled(Report report)
    {
        if (report.Settled.Count == 0)
        {
            return;
        }

        Line($"## {text.Get("Report_Settled")}");
        Table(
            [text.Get("Report_Row"), "ICCID", text.Get("Report_Outcome"), text.Get("Report_Evidence"), text.Get("Report_Time"), text.Get("Report_RequestId")],
            report.Settled.Take(MaximumRows).Select(row => new[]
            {
                ReportText.RowNumber(row), row.Iccid, text.Get("Report_Outcome_" + row.Outcome),
                $"{ReportText.HowSettled(row, text)} {row.Evidence}".TrimEnd(), ReportText.Time(row.CompletedAt), row.Unsettled!.RequestId ?? string.Empty,
            }));
    }

    private void AddOrigin(Report report)
    {
        Line($"## {text.Get("Report_Origin")}");
        foreach (var (name, value) in ReportFacts.Of(report, text).Prepend(("Report_End", ReportText.Time(report.EndedAt))).Prepend(("Report_Start", ReportText.Time(report.StartedAt))))
        {
            if (value is { Length: > 0 })
            {
                _page.Append("- ").Append(text.Get(name)).Append(": ").Append(Escape(value)).Append('\n');
            }
        }

        Line($"");
        Line($"{Escape(text.Format("Report_Created", ReportText.Time(report.CreatedAt)))}");
    }

    private void Table(string[] heads, IEnumerable<string[]> rows)
    {
        _page.Append("| ").Append(string.Join(" | ", heads)).Append(" |\n|").Append(string.Concat(heads.Select(static _ => "---|"))).Append('\n');
        foreach (var row in rows)
        {
            _page.Append("| ").Append(string.Join(" | ", row.Select(Escape))).Append(" |\n");
        }

        _page.Append('\n');
    }

    private void Line(FormattableString line) => _page.Append(line.ToString(CultureInfo.InvariantCulture)).Append("\n\n");
}
