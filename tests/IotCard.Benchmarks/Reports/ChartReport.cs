using System.Globalization;
using System.Net;
using System.Text;
using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>The results as bars: how much of its goal each comparison uses.</summary>
internal static class ChartReport
{
    private const int Width = 960;
    private const int RowHeight = 46;
    private const int Top = 40;
    private const int Left = 10;

    // The position of the goal's line; there is room for bars of up to twice the goal.
    private const int GoalAt = 360;
    private const int Longest = 2 * GoalAt;

    internal static string Draw(RunReport run)
    {
        var measured = run.Comparisons.Where(static c => c.IsMet is not null).ToList();
        var height = Top + (measured.Count * RowHeight) + 10;
        var goal = Left + GoalAt;
        var svg = new StringBuilder();
        Append($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" font-family="system-ui, sans-serif" font-size="13">""");
        Append($"<title>What each comparison uses of its goal</title>");
        Append($"<style>text {{ fill: #24292f }} .met {{ fill: #2da44e }} .missed {{ fill: #cf222e }} .goal {{ stroke: #57606a }} @media (prefers-color-scheme: dark) {{ text {{ fill: #e6edf3 }} .goal {{ stroke: #8b949e }} }}</style>");
        Append($"""<text x="{goal}" y="18" text-anchor="middle">goal</text>""");
        for (var i = 0; i < measured.Count; i++)
        {
            var comparison = measured[i];
            var y = Top + (i * RowHeight);
            var length = Math.Clamp(comparison.Share * GoalAt, 2, Longest);
            Append($"""<text x="{Left}" y="{y + 6}">{WebUtility.HtmlEncode(Label(comparison))}</text>""");
            Append($"""<rect class="{(comparison.IsMet == true ? "met" : "missed")}" x="{Left}" y="{y + 12}" width="{length:0.#}" height="16" rx="2"/>""");
            Append($"""<line class="goal" x1="{goal}" y1="{y + 9}" x2="{goal}" y2="{y + 31}" stroke-width="2"/>""");
        }

        Append($"</svg>");
        return svg.ToString();

        void Append(FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Label(Comparison c) => $"{c.Name}: {c.Result} (goal {c.Goal})";
}
