using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>A panel of bars.</summary>
/// <param name="Title">What they show.</param>
/// <param name="Better">Which is better, more or less.</param>
/// <param name="Left">Where they begin.</param>
/// <param name="Most">The figure of the longest bar; longer ones are cut off.</param>
/// <param name="Value">The figure.</param>
internal sealed record ChartPanel(string Title, string Better, int Left, double Most, Func<Figure, double> Value)
{
    private const int Top = 74;
    private const int RowHeight = 26;
    private const int BarHeight = 16;
    private const int Length = 262;
    private const int ValuesEnd = 325;

    /// <summary>The lower end of a number of bars.</summary>
    internal static int Bottom(int bars) => Top + (bars * RowHeight);

    /// <summary>Where the text beside a bar stands.</summary>
    internal static int TextLine(int bar) => Top + (bar * RowHeight) + 13;

    internal void Draw(SvgText svg, IReadOnlyList<Figure> bars, Figure? limit)
    {
        svg.Add($"""<text x="{Left}" y="26"><tspan font-weight="600">{Title}</tspan><tspan class="quiet">, {Better}</tspan></text>""");
        for (var i = 0; i < bars.Count; i++)
        {
            DrawBar(svg, i, bars[i].Kind, Value(bars[i]));
        }

        if (limit is not null)
        {
            DrawLimit(svg, Value(limit), Bottom(bars.Count));
        }
    }

    private void DrawBar(SvgText svg, int place, FigureKind kind, double value)
    {
        var y = Top + (place * RowHeight);
        var length = Math.Clamp(value / Most * Length, 2, Length);
        svg.Add($"""<rect class="{kind}" x="{Left}" y="{y}" width="{length:0.#}" height="{BarHeight}" rx="2"/>""");
        if (value > Most)
        {
            svg.Add($"""<path class="back" d="M{Left + Length - 24} {y - 1}l8 0-6 {BarHeight + 2}-8 0z"/>""");
        }

        svg.Add($"""<text x="{Left + ValuesEnd}" y="{TextLine(place)}" text-anchor="end">{value:N0}</text>""");
    }

    // Its text stays inside of the panel.
    private void DrawLimit(SvgText svg, double value, int bottom)
    {
        var x = Left + (value / Most * Length);
        var anchor = x > Left + (Length / 2) ? "end" : "start";
        svg.Add($"""<line class="limit" x1="{x:0.#}" y1="{Top - 14}" x2="{x:0.#}" y2="{bottom}" stroke-width="1.5" stroke-dasharray="4 3"/>""");
        svg.Add($"""<text class="limit-text" x="{x:0.#}" y="{Top - 20}" text-anchor="{anchor}" font-size="12">bare HttpClient {value:N0}</text>""");
    }
}
