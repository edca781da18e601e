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
        [new StartScenario(), new FirstCardsScenario(), new SteadyScenario(), new ManyInFlightScenario(), new SlowDiskScenario(), new LongRunScenario()];

    private static readonly IScenario[] OnRequest = [new SharedCardsScenario(), new CheckScenario()];

    internal static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A first look, with fewer cards and fewer repeats." };
        var runs = new Option<int>("--runs") { Description = "How often to run everything; a goal must be reached every time.", DefaultValueFactory = _ => 1 };
        var only = new Option<string[]>("--only")
        {
            Description = $"Run only these scenarios: {Names(Scenarios)}; and on request only: {Names(OnRequest)}.",
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
        };
        only.AcceptOnlyFromAmong([.. Scenarios.Concat(OnRequest).Select(static scenario => scenario.Name)]);
        var against = new Option<DirectoryInfo?>("--against")
        {
            Description = "Compare with another build of the module instead, in this folder.",
            HelpName = "FOLDER",
        };
        var markdown = new Option<FileInfo?>("--markdown")
        {
            Description = "Write the results as a table: into the file's results section, if it has one.",
            HelpName = "FILE",
        };
        var chart = new Option<FileInfo?>("--chart") { Description = "Draw the rates and processor times as an SVG chart; needs the scenarios steady and slow-disk.", HelpName = "FILE" };
        var command = new Command("fleet", "Compares the module with the other subjects over whole fleets, and checks the goals.") { quick, runs, only, against, markdown, chart };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var scenarios = Choose(parsed.GetValue(only) ?? [], parsed.GetValue(against)?.FullName);
            var made = new List<RunReport>();
            for (var i = 0; i < parsed.GetValue(runs); i++)
            {
                made.Add(await RunAsync(parsed.GetValue(quick) ? Scale.Quick : Scale.Full, scenarios, cancellationToken));
                await WriteAsync(RunReport.Combine(made), parsed.GetValue(markdown), parsed.GetValue(chart), cancellationToken);
            }

            return made.Any(static run => run.Failures.Count > 0) ? 1 : 0;
        });
        return command;
    }

    private static string Names(IScenario[] scenarios) => string.Join(", ", scenarios.Select(static scenario => scenario.Name));

    private static IScenario[] Choose(string[] only, string? against) => (against, only.Length) switch
    {
        ({ } folder, _) => [new AgainstScenario(folder)],
        (_, 0) => Scenarios,
        _ => [.. Scenarios.Concat(OnRequest).Where(scenario => only.Contains(scenario.Name))],
    };

    private static async Task WriteAsync(RunReport report, FileInfo? markdown, FileInfo? chart, CancellationToken cancellationToken)
    {
        if (markdown is not null)
        {
            await MarkdownReport.WriteAsync(report, markdown.FullName, cancellationToken);
        }

        if (chart is not null)
        {
            await File.WriteAllTextAsync(chart.FullName, ChartReport.Draw(report.Figures), cancellationToken);
        }
    }

    private static async Task<RunReport> RunAsync(Scale scale, IScenario[] scenarios, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        var load = new LoadAverage();
        var comparisons = new List<Comparison>();
        var figures = new List<Figure>();
        var failures = new List<string>();
        string shell;
        using (var harness = await Harness.CreateAsync(scale, cancellationToken))
        {
            shell = harness.Shell.Description;
            foreach (var scenario in scenarios)
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    var result = await scenario.MeasureAsync(harness);
                    comparisons.AddRange(result.Comparisons);
                    figures.AddRange(result.Figures);
                    Console.WriteLine(string.Join(Environment.NewLine, [.. result.Comparisons, .. result.Figures]));
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

        var run = new RunReport(scale.IsQuick, shell, [load], comparisons, figures, failures);
        Console.WriteLine(string.Join(Environment.NewLine, run.Summary));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds:0} seconds on {Machine.Describe()}; {load}"));
        return run;
    }
}
