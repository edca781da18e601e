using System.Globalization;
using System.Net;
using System.Text;
using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>Two panels of bars, rates and processor times, with the bare client's as a line.</summary>
internal static class ChartReport
{
    private const int RowHeight = 26;
    private const int BarHeight = 16;
    private const int Top = 74;
    private const int LabelsEnd = 300;
    private const int Width = 1000;
    private const int Margin = 16;

    // Has its own background, so that it is as readable on a page whose colors do not follow the system's.
    private const string Style =
        "<style>.back{fill:#ffffff}text{fill:#1f2328}.quiet{fill:#59636e}.Peer{fill:#8c959f}.Module{fill:#0969da}.limit{stroke:#bc4c00}.limit-text{fill:#bc4c00}" +
        "@media (prefers-color-scheme:dark){.back{fill:#0d1117}text{fill:#f0f6fc}.quiet{fill:#9198a1}.Peer{fill:#6e7681}.Module{fill:#4493f8}.limit{stroke:#f0883e}.limit-text{fill:#f0883e}}</style>";

    /// <summary>Draws the figures: peers first, then the module.</summary>
    internal static string Draw(IReadOnlyList<Figure> figures)
    {
        var rows = figures.Where(static figure => figure.Kind != FigureKind.Limit).OrderBy(static figure => figure.Kind).ToList();
        var limit = figures.FirstOrDefault(static figure => figure.Kind == FigureKind.Limit);
        var height = Top + (rows.Count * RowHeight) + Margin;
        var svg = new StringBuilder();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" font-family="system-ui, sans-serif" font-size="13">""");
        Append(svg, $"<title>Cards a second and processor time per card, with 32 requests in flight that take 50 ms each</title>");
        svg.Append(Style).Append('\n');
        Append(svg, $"""<rect class="back" width="{Width}" height="{height}" rx="6"/>""");
        for (var i = 0; i < rows.Count; i++)
        {
            Append(svg, $"""<text x="{LabelsEnd - 10}" y="{Top + (i * RowHeight) + 13}" text-anchor="end">{WebUtility.HtmlEncode(rows[i].Subject)}</text>""");
        }

        // What takes many times as much as the module is cut off, or nothing else could be told apart.
        var most = rows.Where(static row => row.Kind == FigureKind.Module).Max(static row => (double?)row.CpuMicros) * 3 ?? 1;
        new ChartPanel("cards a second", "more is better", LabelsEnd, SteadyPace.Ideal, static figure => figure.CardsASecond).Draw(svg, rows, limit);
        new ChartPanel("µs of CPU a card", "less is better", 660, most, static figure => figure.CpuMicros).Draw(svg, rows, limit);
        Append(svg, $"</svg>");
        return svg.ToString();
    }

    private static void Append(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>A panel of bars.</summary>
    /// <param name="Title">What they show.</param>
    /// <param name="Better">Which is better, more or less.</param>
    /// <param name="Left">Where the bars begin.</param>
    /// <param name="Most">The figure of the longest bar; longer ones are cut off.</param>
    /// <param name="Value">The figure.</param>
    private sealed record ChartPanel(string Title, string Better, int Left, double Most, Func<Figure, double> Value)
    {
        private const int Length = 270;

        internal void Draw(StringBuilder svg, IReadOnlyList<Figure> rows, Figure? limit)
        {
            Append(svg, $"""<text x="{Left}" y="26"><tspan font-weight="600">{Title}</tspan><tspan class="quiet">, {Better}</tspan></text>""");
            for (var i = 0; i < rows.Count; i++)
            {
                var y = Top + (i * RowHeight);
                var value = Value(rows[i]);
                var length = Math.Clamp(value / Most * Length, 2, Length);
                Append(svg, $"""<rect class="{rows[i].Kind}" x="{Left}" y="{y}" width="{length:0.#}" height="{BarHeight}" rx="2"/>""");
                if (value > Most)
                {
                    Append(svg, $"""<path class="back" d="M{Left + Length - 24} {y - 1}l8 0-6 {BarHeight + 2}-8 0z"/>""");
                }

                Append(svg, $"""<text x="{Left + length + 6:0.#}" y="{y + 13}">{value:N0}</text>""");
            }

            if (limit is not null)
            {
                DrawLimit(svg, Left + (Value(limit) / Most * Length), Value(limit), Top + (rows.Count * RowHeight));
            }
        }

        private static void DrawLimit(StringBuilder svg, double x, double value, int bottom)
        {
            Append(svg, $"""<line class="limit" x1="{x:0.#}" y1="{Top - 14}" x2="{x:0.#}" y2="{bottom}" stroke-width="1.5" stroke-dasharray="4 3"/>""");
            Append(svg, $"""<text class="limit-text" x="{x:0.#}" y="{Top - 20}" text-anchor="middle" font-size="12">bare HttpClient {value:N0}</text>""");
        }
    }
}
