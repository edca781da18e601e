using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace IotCard.Benchmarks.Micro;

/// <summary><c>micro</c>: what a single step costs, by BenchmarkDotNet.</summary>
internal static class MicroCommand
{
    internal static Command Create()
    {
        var command = new Command("micro", "Single steps: sign, read an answer, check a row, carry it out, a journal record. Further arguments are BenchmarkDotNet's.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction(parsed => Run([.. parsed.UnmatchedTokens]));
        return command;
    }

    private static int Run(string[] args)
    {
        ModuleUnderTest.UseClient();
        var summaries = BenchmarkSwitcher
            .FromTypes([typeof(SigningBenchmarks), typeof(CardBenchmarks), typeof(SenderBenchmarks), typeof(JournalBenchmarks)])
            .Run(args.Length == 0 ? ["--filter", "*"] : args, CreateConfig());
        return summaries.All(s => !s.HasCriticalValidationErrors && s.Reports.All(r => r.Success)) ? 0 : 1;
    }

    // In this process: a project that BenchmarkDotNet generates would be built by this repository's rules, and would not find the client.
    private static ManualConfig CreateConfig() => ManualConfig.CreateEmpty()
        .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(5).WithIterationCount(12))
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .AddLogger(ConsoleLogger.Default);
}
