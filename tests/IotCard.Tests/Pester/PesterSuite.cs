using System.Diagnostics;
using System.Reflection;
using IotCard.Demo;
using IotCard.Sandbox;

namespace IotCard.Tests.Pester;

/// <summary>Packs the module once, and runs tests/Pester on the package in separate PowerShell processes.</summary>
internal static class PesterSuite
{
    /// <summary>The path of the package.</summary>
    internal static Lazy<Task<string>> Package { get; } = new(PackAsync);

    private static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>Runs the suite on one of the module's builds.</summary>
    /// <param name="edition">Desktop: the netstandard2.0 build alone. Otherwise the build that PowerShell chooses.</param>
    internal static async Task<List<PesterResult>> RunAsync(string edition)
    {
        var package = await Package.Value;
        var report = Path.GetTempFileName();
        try
        {
            string[] arguments =
            [
                "-NonInteractive", "-File", Path.Combine(Root, "tests", "Pester", "Invoke-Suite.ps1"),
                "-ModulePath", package,
                "-SandboxPath", typeof(SandboxService).Assembly.Location,
                "-PesterPath", Metadata("PesterPath"),
                "-ResultPath", report,
                .. edition == "Desktop" ? ["-Edition", edition] : Array.Empty<string>(),
            ];
            var (exitCode, output) = await RunShellAsync(arguments);
            var results = new FileInfo(report).Length > 0 ? PesterResult.ReadAll(report) : [];

            // A file that Pester could not even read has no test to fail.
            if (exitCode != 0 && !results.Exists(static r => r.Result == "Failure"))
                results.Add(new PesterResult("Invoke-Suite.ps1", "The suite runs to its end", "Failure", $"Exit code {exitCode}:{Environment.NewLine}{output}"));
            return results;
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static async Task<string> PackAsync()
    {
        var (exitCode, output) = await RunShellAsync("-NonInteractive", "-File", Path.Combine(Root, "build.ps1"), "-Task", "Pack");
        Assert.True(exitCode == 0, $"build.ps1 -Task Pack:{Environment.NewLine}{output}");
        return output.Split('\n').Last(static line => line.StartsWith("Packed ", StringComparison.Ordinal))["Packed ".Length..].Trim();
    }

    private static async Task<(int ExitCode, string Output)> RunShellAsync(params string[] arguments)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var tool = await PowerShellTool.RestoreAsync(TextWriter.Null, cancellationToken);
        var start = tool.CreateStartInfo(arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["NO_COLOR"] = "1";

        // A build server that outlives the build would hold the pipes open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, output + await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static string Metadata(string key) =>
        typeof(PesterSuite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
