using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>What a runner's iterations took, repeat by repeat.</summary>
internal sealed class Series
{
    private readonly List<IterationResult> _results = [];

    internal IReadOnlyList<double> Seconds => [.. _results.Select(static result => result.Seconds)];

    internal IReadOnlyList<double> CpuSeconds => [.. _results.Select(static result => result.CpuSeconds)];

    internal void Add(IterationResult result) => _results.Add(result);

    internal void Add(double seconds) => _results.Add(new IterationResult(seconds));
}
