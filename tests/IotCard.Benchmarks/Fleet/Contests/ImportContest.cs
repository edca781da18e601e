using IotCard.Benchmarks.Sides;

namespace IotCard.Benchmarks.Fleet.Contests;

internal sealed class ImportContest : IContest
{
    public string Name => "import";

    public async Task<IReadOnlyList<Comparison>> PlayAsync(Arena arena)
    {
        var ours = new Series();
        var empty = new Series();
        for (var i = 0; i < arena.Scale.Imports && (i == 0 || !arena.IsLate); i++)
        {
            ours.Add(await ImportAsync(ModuleUnderTest.ManifestIn(arena.ModuleFolder)));
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
        using var side = SideProcess.Start("import", manifest);
        return (await side.AskAsync<TurnResult>(new Turn())).Seconds;
    }
}
