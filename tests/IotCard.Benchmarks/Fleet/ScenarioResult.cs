namespace IotCard.Benchmarks.Fleet;

/// <summary>What a scenario found.</summary>
/// <param name="Comparisons">The comparisons, which may have goals.</param>
internal sealed record ScenarioResult(params IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>The figures for the chart; most scenarios have none.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];
}
