using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>
/// Rows that are all the same, which a journal has to tell apart by their number. They are carried out one after the
/// other, and refused from the second on; so are the different ones beside them.
/// </summary>
internal sealed class IdenticalRowsScenario : IScenario
{
    public string Name => "identical";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var rows = harness.Scale.IdenticalRows;
        var iteration = new Iteration { Journal = JournalKind.Named };
        var series = await harness.MeasureAsync(
            harness.Scale.IdenticalRepeats,
            latency: 0,
            new Runner(harness.Module, iteration with { Workload = new Workload(rows, WorkloadKind.Identical) }),
            new Runner(harness.Module, iteration with { Workload = new Workload(rows, WorkloadKind.Unbound) }));
        return
        [
            Comparison.OfTimes(
                string.Create(CultureInfo.InvariantCulture, $"{rows:N0} identical rows with -JournalPath, against as many different ones"),
                Goal.AtMost(1.3),
                rows,
                series[0].Seconds,
                series[1].Seconds),
        ];
    }
}
