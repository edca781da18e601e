using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>One card in a fresh shell: whole processes, from start to end.</summary>
internal sealed class OneCardScenario : IScenario
{
    private static readonly Workload OneCard = new(1);

    public string Name => "one-card";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        Func<Task<IterationResult>> ours = () => RunAsync(harness, "OneCard", "-ModulePath", harness.Manifest);
        Func<Task<IterationResult>> byHand = () => RunAsync(harness, "OneCardByHand");
        Func<Task<IterationResult>> bare = () => RunAsync(harness, "OneCardBare", "-ModulePath", ModuleUnderTest.BareManifest);
        Func<Task<IterationResult>> nothing = async () =>
            new IterationResult((await Shell.RunAsync(harness.Shell.StartInfo("Nothing", "Nothing"))).Seconds);

        // The first run fills PowerShell's caches, the second uses them.
        foreach (var runner in new[] { ours, byHand, bare, nothing })
        {
            for (var i = 0; i < (harness.Scale.IsQuick ? 1 : 2); i++)
            {
                await runner();
            }
        }

        var series = await harness.AlternateAsync(harness.Scale.OneCardRepeats, ours, byHand, bare, nothing);
        return
        [
            Comparison.OfMilliseconds(
                "one card in a fresh shell, whole process, against a hand-made Invoke-RestMethod script", Goal.AtMost(0.9), series[0].Seconds, series[1].Seconds),
            Comparison.OfMilliseconds("one card with a module that only signs and sends, against the hand-made script", null, series[2].Seconds, series[1].Seconds),
            Comparison.OfMilliseconds("one card in a fresh shell, whole process, against a shell that does nothing", null, series[0].Seconds, series[3].Seconds),
        ];
    }

    private static async Task<IterationResult> RunAsync(Harness harness, string script, params IEnumerable<string> arguments)
    {
        var endpoint = await harness.StartSandboxAsync(OneCard.Cards);
        var start = harness.Shell.StartInfo(
            script, script, ["-Endpoint", endpoint.ToString(), "-Path", harness.RowsPath(OneCard), .. arguments]);
        var (_, seconds) = await Shell.RunAsync(start);
        await harness.StopSandboxAsync(OneCard, inFlight: 1);
        return new IterationResult(seconds);
    }
}
