using System.Globalization;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>The first cards of a fresh process at the pace of a real line, with the runtime's defaults and without its profiling.</summary>
internal sealed class FirstCardsScenario : IScenario
{
    private static readonly KeyValuePair<string, string> WithoutProfiling = KeyValuePair.Create("DOTNET_TieredPGO", "0");

    public string Name => "first-cards";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.FirstCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = SteadyScenario.InFlight };
        List<Func<Task<IterationResult>>> subjects =
        [
            () => RunAsync(harness.StartModule()),
            () => RunAsync(harness.StartHttp()),
            () => RunAsync(harness.StartModule(WithoutProfiling)),
            () => RunAsync(harness.StartHttp(WithoutProfiling)),
        ];
        if (!harness.Scale.IsQuick)
        {
            subjects.Add(() => RunAsync(harness.StartBareModule(), ShellTask.Bare));
        }

        var series = await harness.AlternateAsync(harness.Scale.FirstRepeats, [.. subjects]);
        var first = string.Create(CultureInfo.InvariantCulture, $"first {cards:N0} cards of a fresh shell");
        return
        [
            Comparison.OfTimes($"CPU a card, 32 in flight, 50 ms, {first}, against a fresh bare HttpClient", Goal.AtMost(1.5), cards, series[0].CpuSeconds, series[1].CpuSeconds),
            .. series[4..].Select(minimum =>
                Comparison.OfTimes($"CPU a card, {first}, with a module that only signs and sends, against a fresh bare HttpClient", null, cards, minimum.CpuSeconds, series[1].CpuSeconds)),
            Comparison.OfTimes("the module's first cards where the runtime does not profile what it runs (TieredPGO off), against the bare client's", null, cards, series[2].CpuSeconds, series[3].CpuSeconds),
            Comparison.OfTimes("the module's first cards with that profiling, against without", null, cards, series[0].CpuSeconds, series[2].CpuSeconds),
        ];

        async Task<IterationResult> RunAsync(SubjectProcess fresh, ShellTask task = ShellTask.Binding)
        {
            using (fresh)
            {
                return await harness.RunAsync(fresh, iteration with { Task = task }, SteadyScenario.Latency);
            }
        }
    }
}
