using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

/// <summary>As fast as it goes: 64 in flight and no latency.</summary>
internal sealed class ManyInFlightScenario : IScenario
{
    internal const int InFlight = 64;

    public string Name => "many";

    public async Task<ScenarioResult> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.ManyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = InFlight };
        var series = await harness.MeasureAsync(
            harness.Scale.ManyRepeats, latency: 0, new Runner(harness.Module, iteration), new Runner(harness.BareModule, iteration with { Task = ShellTask.Bare }));
        const string Title = "64 in flight, no latency, warm, against a module that only signs and sends";
        return new ScenarioResult(
            Comparison.OfTimes($"CPU a card, {Title}", Goal.AtMost(1), cards, series[0].CpuSeconds, series[1].CpuSeconds),
            Comparison.OfRates(Title, null, cards, series[0].Seconds, series[1].Seconds));
    }
}
