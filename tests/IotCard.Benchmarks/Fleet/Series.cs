using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>The results of a runner's iterations.</summary>
internal sealed class Series
{
    private readonly List<IterationResult> _results = [];

    internal IReadOnlyList<double> Seconds => [.. _results.Select(static result => result.Seconds)];

    internal IReadOnlyList<double> CpuSeconds => [.. _results.Select(static result => result.CpuSeconds)];

    /// <summary>The mean processor time by thread name; empty if not measured.</summary>
    internal IReadOnlyDictionary<string, double> ThreadSeconds => _results
        .SelectMany(static result => result.ThreadSeconds ?? new Dictionary<string, double>())
        .GroupBy(static thread => thread.Key, static thread => thread.Value)
        .ToDictionary(static thread => thread.Key, thread => thread.Sum() / _results.Count);

    internal void Add(IterationResult result) => _results.Add(result);

    internal void Add(double seconds) => _results.Add(new IterationResult(seconds));
}
