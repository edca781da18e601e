using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>The results of a runner's iterations.</summary>
internal sealed class Series
{
    private readonly List<IterationResult> _results = [];

    internal IReadOnlyList<double> Seconds => [.. _results.Select(static result => result.Seconds)];

    internal IReadOnlyList<double> CpuSeconds => [.. _results.Select(static result => result.CpuSeconds)];

    internal IReadOnlyList<double> PeakBytes => [.. _results.Select(static result => (double)result.PeakBytes)];

    internal void Add(IterationResult result) => _results.Add(result);
}
