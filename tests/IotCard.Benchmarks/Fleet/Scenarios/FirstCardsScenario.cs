using System.Globalization;
using IotCard.Benchmarks.Shells;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>The first cards of a fresh process at a steady pace: whole shells with 1,000 cards, and the processor time of more.</summary>
internal sealed class FirstCardsScenario : IScenario
{
    private const string Thousand = "1,000 cards in a fresh shell, 32 in flight, 50 ms, whole process, against a hand-made script with ForEach-Object -Parallel";

    private static readonly Workload ThousandCards = new(1_000);

    public string Name => "first-cards";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var thousand = await harness.AlternateAsync(
            harness.Scale.ThousandRepeats,
            () => SendThousandAsync(harness, "Cards", "-ModulePath", harness.Manifest),
            () => SendThousandAsync(harness, "CardsByHand"));

        var cards = harness.Scale.FirstCards;
        var iteration = SteadyPace.Iteration(cards) with { WaitsForCompiler = false };
        var first = await harness.AlternateAsync(
            harness.Scale.FirstRepeats,
            () => RunAsync(harness, harness.StartModule(), iteration),
            () => RunAsync(harness, harness.StartHttp(), iteration),
            () => RunAsync(harness, harness.StartBareModule(), iteration with { Task = ShellTask.Bare }));
        var title = string.Create(CultureInfo.InvariantCulture, $"CPU a card, {SteadyPace.Text}, first {cards:N0} cards of a fresh shell");
        return new ScenarioResult(
            Comparison.OfMilliseconds(Thousand, Goal.AtMost(0.5), thousand[0].Seconds, thousand[1].Seconds),
            Comparison.OfMilliseconds($"{Thousand}: CPU", Goal.AtMost(0.3), thousand[0].CpuSeconds, thousand[1].CpuSeconds),
            Comparison.OfTimes($"{title}, against a fresh bare HttpClient", Goal.AtMost(2.2), cards, first[0].CpuSeconds, first[1].CpuSeconds),
            Comparison.OfTimes("the same with a module that only signs and sends, against that client", null, cards, first[2].CpuSeconds, first[1].CpuSeconds));
    }

    private static async Task<IterationResult> SendThousandAsync(Harness harness, string script, params IEnumerable<string> arguments)
    {
        var endpoint = await harness.StartSandboxAsync(ThousandCards.Cards, SteadyPace.Latency);
        var inFlight = SteadyPace.InFlight.ToString(CultureInfo.InvariantCulture);
        var (taken, _) = await Shell.RunAsync(harness.Shell.StartInfo(
            "SaveResults",
            script + "-many",
            [
                Shell.PathOf(script), harness.NewPath("csv"),
                "-Endpoint", endpoint.ToString(), "-Path", harness.RowsPath(ThousandCards), "-ThrottleLimit", inFlight,
                .. arguments,
            ]));
        await harness.StopSandboxAsync(ThousandCards, SteadyPace.InFlight);
        return taken;
    }

    private static async Task<IterationResult> RunAsync(Harness harness, SubjectProcess fresh, Iteration iteration)
    {
        using (fresh)
        {
            return await harness.RunAsync(fresh, iteration, SteadyPace.Latency);
        }
    }
}
