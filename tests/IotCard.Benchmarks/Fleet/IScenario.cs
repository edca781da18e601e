namespace IotCard.Benchmarks.Fleet;

/// <summary>Measures one or more comparisons that share their iterations.</summary>
internal interface IScenario
{
    /// <summary>A word to pick it by.</summary>
    string Name { get; }

    Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness);
}
