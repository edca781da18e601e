using IotCard.Benchmarks.Fleet;

namespace IotCard.Benchmarks.Reports;

/// <summary>What a run found.</summary>
/// <param name="IsQuick">Whether it was a first look only.</param>
/// <param name="Comparisons">The comparisons, in the order in which they were made.</param>
/// <param name="Failures">The names of what could not be measured.</param>
internal sealed record RunReport(bool IsQuick, IReadOnlyList<Comparison> Comparisons, IReadOnlyList<string> Failures)
{
    /// <summary>Which goals are met, in lines.</summary>
    internal string Summary
    {
        get
        {
            var measured = Comparisons.Where(c => c.Skipped is null).ToList();
            return string.Join(Environment.NewLine,
                [
                    $"{measured.Count(c => c.IsMet)} of {measured.Count} goals met.",
                    .. measured.Where(c => !c.IsMet).Select(c => $"missed: {c.Name}: {c.Goal.Describe(c.Measured)}, goal {c.Goal}"),
                    .. Comparisons.Where(c => c.Skipped is not null).Select(c => $"not measured: {c.Name}"),
                    .. Failures.Select(name => $"failed: {name}"),
                ]);
        }
    }
}
