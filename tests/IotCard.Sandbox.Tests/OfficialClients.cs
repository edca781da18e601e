using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IotCard.Sandbox.Tests;

/// <summary>The official clients, installed once from their lock file into a temporary folder.</summary>
public sealed partial class OfficialClients : IAsyncLifetime
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(1);

    private static readonly HashSet<string> Unreachable = new(StringComparer.Ordinal)
    {
        "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ENOTFOUND", "ENETUNREACH", "EHOSTUNREACH", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT", "E403", "E502", "E503", "E504",
    };

    private static readonly Dictionary<string, string?> NoVariables = new(StringComparer.Ordinal);

    private readonly string _folder = Directory.CreateTempSubdirectory("iotcard-clients-").FullName;
    private string? _missing;

    public async ValueTask InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "node")))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));

        try
        {
            var (node, _, _) = await StartAsync("node", ["--version"], NoVariables, RunTimeout);
            if (node != 0)
            {
                _missing = "node does not run.";
                return;
            }

            var (exit, _, error) = await StartAsync(
                OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"],
                NoVariables,
                InstallTimeout);
            if (exit == 0)
                return;

            // An unreachable registry is a reason to skip; a lock file that does not fit is not.
            var code = ErrorCode().Match(error).Groups["code"].Value;
            Assert.True(Unreachable.Contains(code), $"npm ci ended with {exit}: {error}");
            _missing = $"the npm registry is out of reach ({code}).";
        }
        catch (Win32Exception exception)
        {
            _missing = $"node and npm are needed: {exception.Message}";
        }
        catch (OperationCanceledException)
        {
            _missing = $"npm ci did not end within {InstallTimeout.TotalMinutes:0} minutes.";
        }
    }

    /// <summary>Runs a script and returns its output lines. Skips the test if the clients could not be installed.</summary>
    public Task<string[]> RunAsync(string script, IReadOnlyDictionary<string, string?> environment)
    {
        Assert.SkipWhen(_missing is not null, $"The official clients are not there: {_missing}");
        return RunScriptAsync(script, environment);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<string[]> RunScriptAsync(string script, IReadOnlyDictionary<string, string?> environment)
    {
        var (exit, output, error) = await StartAsync("node", [script], environment, RunTimeout);
        Assert.True(exit == 0, $"{script} ended with {exit}: {error}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private async Task<(int Exit, string Output, string Error)> StartAsync(
        string file,
        string[] arguments,
        IReadOnlyDictionary<string, string?> environment,
        TimeSpan timeout)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // The clients honor these even for loopback.
        foreach (var name in (string[])["http_proxy", "HTTP_PROXY"])
        {
            if (environment.Count > 0)
                start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    [GeneratedRegex("^npm error code (?<code>\\S+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex ErrorCode();
}
