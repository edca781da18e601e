using System.Net;
using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>What the peers and the module reach at a steady pace, as two panels of bars, with the bare client's figures as lines.</summary>
internal static class ChartReport
{
    private const int Width = 1000;
    private const int LabelsEnd = 290;

    // What takes many times as much as the module is cut off, or nothing else could be told apart.
    private const int MostOfModule = 3;

    // With a background of its own, it is as readable on a page whose colors do not follow the system's.
    private const string Style = """
        <style>
        .back { fill: #ffffff } text { fill: #1f2328 } .quiet { fill: #59636e } .Peer { fill: #8c959f } .Module { fill: #0969da }
        .limit { stroke: #bc4c00 } .limit-text { fill: #bc4c00 }
        @media (prefers-color-scheme: dark) {
        .back { fill: #0d1117 } text { fill: #f0f6fc } .quiet { fill: #9198a1 } .Peer { fill: #6e7681 } .Module { fill: #4493f8 }
        .limit { stroke: #f0883e } .limit-text { fill: #f0883e }
        }
        </style>
        """;

    /// <summary>Draws the figures: peers first, then the module.</summary>
    internal static string Draw(IReadOnlyList<Figure> figures)
    {
        var bars = figures.Where(static figure => figure.Kind != FigureKind.Limit).OrderBy(static figure => figure.Kind).ToList();
        var limit = figures.FirstOrDefault(static figure => figure.Kind == FigureKind.Limit);
        var height = ChartPanel.Bottom(bars.Count) + 16;
        var svg = new SvgText();
        svg.Add($"""<svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" role="img" font-family="system-ui, sans-serif" font-size="13">""");
        svg.Add($"<title>Cards a second and processor time per card, with 32 requests in flight that take 50 ms each</title>");
        svg.Add($"{Style}");
        svg.Add($"""<rect class="back" width="{Width}" height="{height}" rx="6"/>""");
        for (var i = 0; i < bars.Count; i++)
        {
            svg.Add($"""<text x="{LabelsEnd}" y="{ChartPanel.TextLine(i)}" text-anchor="end">{WebUtility.HtmlEncode(bars[i].Subject)}</text>""");
        }

        var module = bars.Where(static bar => bar.Kind == FigureKind.Module).Select(static bar => bar.CpuMicros).DefaultIfEmpty(1);
        new ChartPanel("cards a second", "more is better", 300, SteadyPace.Ideal, static figure => figure.CardsASecond).Draw(svg, bars, limit);
        new ChartPanel("µs of CPU a card", "less is better", 660, MostOfModule * module.Max(), static figure => figure.CpuMicros).Draw(svg, bars, limit);
        svg.Add($"</svg>");
        return svg.ToString();
    }
}
