using System.Globalization;
using System.Text;
using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>The results as tables of a document.</summary>
internal static class MarkdownReport
{
    private static readonly DocumentSection Section = new("results", "fleet");

    /// <summary>Writes the tables: into the results section if the document has one, otherwise as a new file.</summary>
    internal static Task WriteAsync(RunReport run, string path, CancellationToken cancellationToken) =>
        Section.WriteAsync(Tables(run), path, cancellationToken);

    private static string Tables(RunReport run)
    {
        var table = new StringBuilder()
            .Append(
                CultureInfo.InvariantCulture,
                $"{run.Title} on {DateTime.UtcNow:yyyy-MM-dd}, {Machine.Describe()}, {run.Shell}; {string.Join("; ", run.Loads)}.\n\n")
            .Append(FigureTable(run.Figures))
            .Append("| measured | ours | other | result | goal | reached | single repeats |\n")
            .Append("|---|---|---|---|---|---|---|\n");
        foreach (var comparison in run.Comparisons)
        {
            table.Append(Row(comparison)).Append('\n');
        }

        foreach (var failure in run.Failures)
        {
            table.Append(CultureInfo.InvariantCulture, $"| {failure} | | | failed | | | |\n");
        }

        table.Append('\n');
        foreach (var line in run.Summary)
        {
            table.Append("- ").Append(line).Append('\n');
        }

        return table.ToString();
    }

    private static string FigureTable(IReadOnlyList<Figure> figures) => figures.Count == 0
        ? string.Empty
        : "| at a steady pace, warm | cards a second | µs of CPU a card |\n|---|---|---|\n"
            + string.Concat(figures.Select(static f => string.Create(CultureInfo.InvariantCulture, $"| {f.Subject} | {f.CardsASecond:N0} | {f.CpuMicros:N0} |\n")))
            + "\n";

    private static string Row(Comparison c) => c.IsMeasured
        ? $"| {Name(c)} | {c.OursText} | {c.OtherText} | {c.Result} | {GoalText(c)} | {Reached(c)} | {Spread(c)} |"
        : $"| {c.Name} | | | not measured: {c.Skipped} | {GoalText(c)} | | |";

    private static string Name(Comparison c) => c.Remark is null ? c.Name : $"{c.Name} ({c.Remark})";

    private static string GoalText(Comparison c) => c.Goal?.ToString() ?? "–";

    private static string Reached(Comparison c)
    {
        var reached = c.Goal is null ? 0 : c.Results.Count(c.Goal.IsMetBy);
        return c.IsMet switch
        {
            null => "–",
            true => "yes",
            false => reached == 0 ? "no" : string.Create(CultureInfo.InvariantCulture, $"in {reached} of {c.Results.Count}"),
        };
    }

    private static string Spread(Comparison c) => c.Repeats.Count < 2
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"{c.Repeats.Min():0.000} to {c.Repeats.Max():0.000}");
}
