using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using IotCard.Benchmarks.Fleet.Scenarios;
using IotCard.Benchmarks.Reports;

namespace IotCard.Benchmarks.Fleet;

/// <summary><c>fleet</c>: ours beside each other subject, in iterations, against the same sandbox process.</summary>
internal static class FleetCommand
{
    private static readonly IScenario[] Scenarios =
    [
        new SigningScenario(),
        new OneByOneScenario(),
        new ManyInFlightScenario(),
        new LatencyScenario(),
        new SharedCardsScenario(),
        new MemoryScenario(),
        new ImportScenario(),
    ];

    internal static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A first look within 45 seconds: fewer cards, fewer repeats." };
        var only = new Option<string[]>("--only")
        {
            Description = $"Only these, one or more: {string.Join(", ", Scenarios.Select(c => c.Name))}.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. Scenarios.Select(c => c.Name)]);
        var markdown = new Option<FileInfo?>("--markdown")
        {
            Description = "Write the results as a table; where the file has a results section, into that, and elsewhere it stays as it is.",
            HelpName = "FILE",
        };
        var chart = new Option<FileInfo?>("--chart") { Description = "Draw the results as an SVG.", HelpName = "FILE" };
        var command = new Command("fleet", "A whole fleet: ours beside each other subject, against the goals.") { quick, only, markdown, chart };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = await RunAsync(parsed.GetValue(quick) ? Scale.Quick : Scale.Full, parsed.GetValue(only) ?? []);
            if (parsed.GetValue(markdown) is { } table)
            {
                await MarkdownReport.WriteAsync(run, table.FullName, cancellationToken);
            }

            if (parsed.GetValue(chart) is { } drawing)
            {
                await File.WriteAllTextAsync(drawing.FullName, ChartReport.Draw(run), cancellationToken);
            }

            return run.Failures.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static async Task<RunReport> RunAsync(Scale scale, string[] only)
    {
        var start = Stopwatch.GetTimestamp();
        var comparisons = new List<Comparison>();
        var failures = new List<string>();
        using (var harness = new Harness(scale))
        {
            foreach (var scenario in Scenarios.Where(c => only.Length == 0 || only.Contains(c.Name)))
            {
                try
                {
                    foreach (var comparison in await scenario.PlayAsync(harness))
                    {
                        comparisons.Add(comparison);
                        Console.WriteLine(comparison);
                    }
                }
                catch (InvalidOperationException failure)
                {
                    failures.Add(scenario.Name);
                    await Console.Error.WriteLineAsync($"{scenario.Name} failed: {failure.Message}");
                }
            }
        }

        var run = new RunReport(scale.IsQuick, comparisons, failures);
        Console.WriteLine(run.Summary);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} seconds on {Machine.Describe()}"));
        return run;
    }
}
