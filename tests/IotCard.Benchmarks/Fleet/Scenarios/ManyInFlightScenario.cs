using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet.Scenarios;

internal sealed class ManyInFlightScenario : IScenario
{
    public string Name => "many";

    public async Task<IReadOnlyList<Comparison>> MeasureAsync(Harness harness)
    {
        var cards = harness.Scale.ManyCards;
        var iteration = new Iteration { Workload = new Workload(cards), InFlight = 64 };
        List<Runner> runners = [new(harness.Module, iteration), new(harness.Http, iteration)];
        if (harness.BareModule is { } minimum)
        {
            runners.Add(new(minimum, iteration with { Task = ShellTask.Bare }));
        }

        var series = await harness.MeasureAsync(harness.Scale.ManyRepeats, latency: 0, [.. runners]);
        return
        [
            Comparison.OfRates(
                "64 in flight, no latency, against a bare HttpClient", Goal.AtLeast(0.85), cards, series[0].Seconds, series[1].Seconds),
            .. series[2..].Select(minimum =>
                Comparison.OfRates("64 in flight with a module that only signs and sends, against a bare HttpClient", null, cards, minimum.Seconds, series[1].Seconds)),
        ];
    }
}
