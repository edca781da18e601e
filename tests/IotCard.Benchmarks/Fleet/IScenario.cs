namespace IotCard.Benchmarks.Fleet;

/// <summary>Measures comparisons that share their iterations.</summary>
internal interface IScenario
{
    /// <summary>The name for <c>--only</c>.</summary>
    string Name { get; }

    Task<ScenarioResult> MeasureAsync(Harness harness);
}
