namespace IotCard.Benchmarks.Fleet;

/// <summary>The seconds that a subject took, repeat by repeat.</summary>
internal sealed class Series
{
    private readonly List<double> _seconds = [];

    internal double Median => Benchmarks.Median.Compute(_seconds);

    internal void Add(double seconds) => _seconds.Add(seconds);

    /// <summary>One figure for each repeat of two subjects.</summary>
    internal static IReadOnlyList<double> Pair(Series ours, Series other, Func<double, double, double> measure) =>
        [.. ours._seconds.Zip(other._seconds, measure)];
}
