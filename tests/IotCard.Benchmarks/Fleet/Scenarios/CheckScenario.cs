using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary><c>Test-IotCardBinding</c>, offline, from the file to the last object: in a fresh shell, then with ten times as many rows.</summary>
internal sealed class CheckScenario : IScenario
{
    private const int FewRows = 10_000;

    public string Name => "check";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var manyRows = harness.Scale.CheckManyRows;
        var (first, few, many) = (new Series(), new Series(), new Series());
        for (var repeat = 0; repeat < harness.Scale.CheckRepeats; repeat++)
        {
            using var module = harness.StartModule();
            first.Add(await CheckAsync(harness, module, FewRows));
            few.Add(await CheckAsync(harness, module, FewRows));
            many.Add(await CheckAsync(harness, module, manyRows));
        }

        return new ScenarioResult(
            new Comparison(
                string.Create(CultureInfo.InvariantCulture, $"Test-IotCardBinding, {FewRows:N0} rows, in a fresh shell"), new Goal(GoalKind.SecondsBelow, 2))
            {
                Ours = Median.Compute(first.Seconds),
                Unit = "s",
                Repeats = first.Seconds,
            },
            Comparison.OfMilliseconds(
                string.Create(CultureInfo.InvariantCulture, $"Test-IotCardBinding, {manyRows:N0} rows, against {FewRows:N0}"), Goal.AtMost(11), many.Seconds, few.Seconds) with
            {
                Remark = harness.Scale.IsQuick ? "the goal is for 100,000" : null,
            });
    }

    private static async Task<IterationResult> CheckAsync(Harness harness, SubjectProcess module, int rows) =>
        await module.SendAsync<IterationResult>(harness.Prepare(new Iteration { Task = ShellTask.Check, Workload = new Workload(rows) }, endpoint: null));
}
