using System.Globalization;
using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>The findings of one run or several.</summary>
/// <param name="IsQuick">Whether it was only a first look.</param>
/// <param name="Shell">The PowerShell that the module ran in.</param>
/// <param name="Loads">How busy the machine was, in each run.</param>
/// <param name="Comparisons">The comparisons, in the order in which they were made.</param>
/// <param name="Figures">What the subjects reached at a steady pace, for the chart.</param>
/// <param name="Failures">What could not be measured.</param>
internal sealed record RunReport(
    bool IsQuick,
    string Shell,
    IReadOnlyList<LoadAverage> Loads,
    IReadOnlyList<Comparison> Comparisons,
    IReadOnlyList<Figure> Figures,
    IReadOnlyList<string> Failures)
{
    /// <summary>What was run, as text.</summary>
    internal string Title => (IsQuick, Loads.Count) switch
    {
        (true, _) => "A first look (`--quick`)",
        (_, 1) => "A full run",
        var (_, count) => string.Create(CultureInfo.InvariantCulture, $"{count} full runs"),
    };

    /// <summary>Which goals are reached, as lines of text.</summary>
    internal IReadOnlyList<string> Summary
    {
        get
        {
            var judged = Comparisons.Where(static c => c.IsMet is not null).ToList();
            var reached = $"{judged.Count(static c => c.IsMet == true)} of {judged.Count} goals reached{(Loads.Count > 1 ? " in every run" : string.Empty)}.";
            return
            [
                .. judged.Count > 0 ? [reached] : Array.Empty<string>(),
                .. judged.Where(static c => c.IsMet == false).Select(static c => $"Not reached: {c.Name}: {c.Result}, goal {c.Goal}."),
                .. Comparisons.Where(static c => !c.IsMeasured).Select(static c => $"Not measured: {c.Name}: {c.Skipped}."),
                .. Failures.Select(static name => $"Failed: {name}."),
            ];
        }
    }

    /// <summary>Combines the reports of several runs.</summary>
    internal static RunReport Combine(IReadOnlyList<RunReport> runs) => runs.Count == 1
        ? runs[0]
        : runs[0] with
        {
            Loads = [.. runs.SelectMany(static run => run.Loads)],
            Comparisons =
            [
                .. runs.SelectMany(static run => run.Comparisons)
                    .GroupBy(static comparison => comparison.Name)
                    .Select(static same => Comparison.Combine([.. same])),
            ],
            Figures =
            [
                .. runs.SelectMany(static run => run.Figures)
                    .GroupBy(static figure => figure.Subject)
                    .Select(static same => Figure.Combine([.. same])),
            ],
            Failures = [.. runs.SelectMany(static run => run.Failures).Distinct()],
        };
}
