using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class ImportScenario : IScenario
{
    public string Name => "import";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Harness harness)
    {
        var ours = new Series();
        var empty = new Series();
        for (var i = 0; i < harness.Scale.Imports && (i == 0 || !harness.IsLate); i++)
        {
            ours.Add(await ImportAsync(ModuleUnderTest.ManifestIn(harness.ModuleFolder)));
            empty.Add(await ImportAsync(ModuleUnderTest.EmptyManifest));
        }

        var goal = new Goal(GoalKind.RatioAtMost, 1.5);
        return
        [
            new Comparison("import in a fresh engine, against an empty module", goal)
            {
                Ours = ours.Median * 1e3,
                Other = empty.Median * 1e3,
                Unit = "ms",
                Repeats = Series.Pair(ours, empty, goal.Measure),
            },
        ];
    }

    private static async Task<double> ImportAsync(string manifest)
    {
        using var subject = SubjectProcess.Start("import", manifest);
        return (await subject.AskAsync<IterationResult>(new Iteration())).Seconds;
    }
}
