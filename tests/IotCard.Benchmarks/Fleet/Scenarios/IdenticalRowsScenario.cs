using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>
/// Identical rows, which a journal distinguishes by their number. They run one after the other, and the service refuses
/// all but the first; the different rows that they are compared with are refused too.
/// </summary>
internal sealed class IdenticalRowsScenario : IScenario
{
    public string Name => "identical";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var rows = harness.Scale.IdenticalRows;
        var iteration = new Iteration { Journal = JournalKind.Named };
        var series = await harness.MeasureAsync(
            harness.Scale.IdenticalRepeats,
            latency: 0,
            new Runner(harness.Module, iteration with { Workload = new Workload(rows, WorkloadKind.Identical) }),
            new Runner(harness.Module, iteration with { Workload = new Workload(rows, WorkloadKind.Unbound) }));
        return new ScenarioResult(
            Comparison.OfTimes(
                string.Create(CultureInfo.InvariantCulture, $"{rows:N0} identical rows with -JournalPath, against as many different ones"),
                Goal.AtMost(1.3),
                rows,
                series[0].Seconds,
                series[1].Seconds));
    }
}
