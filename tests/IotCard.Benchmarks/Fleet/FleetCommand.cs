using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using IotCard.Benchmarks.Fleet.Scenarios;
using IotCard.Benchmarks.Reports;

namespace IotCard.Benchmarks.Fleet;

/// <summary><c>fleet</c>: compares the module with the other subjects, alternating, against the same sandbox process.</summary>
internal static class FleetCommand
{
    private static readonly IScenario[] Scenarios =
    [
        new OneCardScenario(),
        new ImportScenario(),
        new OneByOneScenario(),
        new ManyInFlightScenario(),
        new SteadyScenario(),
        new FirstCardsScenario(),
        new SlowDiskScenario(),
        new SharedCardsScenario(),
        new IdenticalRowsScenario(),
        new CheckScenario(),
        new ListScenario(),
        new OutageScenario(),
        new SigningScenario(),
    ];

    internal static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A first look within a minute, with fewer cards and fewer repeats." };
        var runs = new Option<int>("--runs") { Description = "How often to run everything; a goal must be reached every time.", DefaultValueFactory = _ => 1 };
        var only = new Option<string[]>("--only")
        {
            Description = $"Run only these scenarios: {string.Join(", ", Scenarios.Select(c => c.Name))}.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. Scenarios.Select(c => c.Name)]);
        var markdown = new Option<FileInfo?>("--markdown")
        {
            Description = "Write the results as a table: into the file's results section, if it has one.",
            HelpName = "FILE",
        };
        var chart = new Option<FileInfo?>("--chart") { Description = "Draw the results as an SVG chart.", HelpName = "FILE" };
        var command = new Command("fleet", "Compares the module with the other subjects over whole fleets, and checks the goals.") { quick, runs, only, markdown, chart };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var made = new List<RunReport>();
            for (var i = 0; i < parsed.GetValue(runs); i++)
            {
                made.Add(await RunAsync(parsed.GetValue(quick) ? Scale.Quick : Scale.Full, parsed.GetValue(only) ?? [], cancellationToken));
                await WriteAsync(RunReport.Combine(made), parsed.GetValue(markdown), parsed.GetValue(chart), cancellationToken);
            }

            return made.Any(static run => run.Failures.Count > 0) ? 1 : 0;
        });
        return command;
    }

    private static async Task WriteAsync(RunReport report, FileInfo? markdown, FileInfo? chart, CancellationToken cancellationToken)
    {
        if (markdown is not null)
        {
            await MarkdownReport.WriteAsync(report, markdown.FullName, cancellationToken);
        }

        if (chart is not null)
        {
            await File.WriteAllTextAsync(chart.FullName, ChartReport.Draw(report), cancellationToken);
        }
    }

    private static async Task<RunReport> RunAsync(Scale scale, string[] only, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var load = new LoadAverage();
        var comparisons = new List<Comparison>();
        var failures = new List<string>();
        string powerShell;
        using (var harness = await Harness.CreateAsync(scale, cancellationToken))
        {
            powerShell = harness.Shell.Version;
            foreach (var scenario in Scenarios.Where(c => only.Length == 0 || only.Contains(c.Name)))
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    foreach (var comparison in await scenario.MeasureAsync(harness))
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

                load.Look();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  ({scenario.Name}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s)"));
            }
        }

        var run = new RunReport(scale.IsQuick, powerShell, [load], comparisons, failures);
        Console.WriteLine(string.Join(Environment.NewLine, run.Summary));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} seconds on {Machine.Describe()}; {load}"));
        return run;
    }
}
