using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>The findings of a run.</summary>
/// <param name="IsQuick">Whether it was only a first look.</param>
/// <param name="PowerShell">The version of PowerShell that the module ran in.</param>
/// <param name="Load">How busy the machine was.</param>
/// <param name="Comparisons">The comparisons, in the order in which they were made.</param>
/// <param name="Failures">What could not be measured.</param>
internal sealed record RunReport(
    bool IsQuick, string PowerShell, LoadAverage Load, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<string> Failures)
{
    /// <summary>Which goals are reached, as lines of text.</summary>
    internal IReadOnlyList<string> Summary
    {
        get
        {
            var judged = Comparisons.Where(static c => c.IsMet is not null).ToList();
            return
            [
                $"{judged.Count(static c => c.IsMet == true)} of {judged.Count} goals reached.",
                .. judged.Where(static c => c.IsMet == false).Select(static c => $"Not reached: {c.Name}: {c.Result}, goal {c.Goal}."),
                .. Comparisons.Where(static c => !c.IsMeasured).Select(static c => $"Not measured: {c.Name}: {c.Skipped}."),
                .. Failures.Select(static name => $"Failed: {name}."),
            ];
        }
    }
}
