using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IotCard.Node;

/// <summary>
/// Scripts for Node that use the vendor's own packages. What their lock file names is installed beside the build once,
/// so that only the first run of the tests needs npm and its registry.
/// </summary>
internal sealed partial class NodeScripts
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunTimeout = TimeSpan.FromMinutes(1);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

    private static readonly HashSet<string> Unreachable = new(StringComparer.Ordinal)
    {
        "ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ENOTFOUND", "ENETUNREACH", "EHOSTUNREACH", "ETIMEDOUT", "ERR_SOCKET_TIMEOUT", "E403", "E502", "E503", "E504",
    };

    private readonly string? _missing;

    private NodeScripts(string? missing) => _missing = missing;

    /// <summary>Installs the packages, unless they are there already.</summary>
    internal static async Task<NodeScripts> InstallAsync()
    {
        try
        {
            var node = await StartAsync("node", ["--version"], RunTimeout);
            return new NodeScripts(node.ExitCode == 0 ? await InstallPackagesAsync() : "node does not run.");
        }
        catch (Win32Exception exception)
        {
            return new NodeScripts($"node and npm are needed: {exception.Message}");
        }
        catch (OperationCanceledException)
        {
            return new NodeScripts($"npm ci did not end within {InstallTimeout.TotalMinutes:0} minutes.");
        }
    }

    /// <summary>Runs a script. Skips the test if the packages could not be installed.</summary>
    internal Task<(int ExitCode, string Output, string Error)> RunAsync(string script, Action<IDictionary<string, string?>> setEnvironment)
    {
        Assert.SkipWhen(_missing is not null, $"The vendor's own packages are not there: {_missing}");
        return StartAsync("node", [script], RunTimeout, setEnvironment);
    }

    /// <summary>Installs what the lock file names.</summary>
    /// <returns>Why that is not possible here; null if it was.</returns>
    private static async Task<string?> InstallPackagesAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var installed = Path.Combine(Folder, "node_modules", "installed-lock.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return null;
        }

        var (exitCode, _, error) = await StartAsync(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"],
            InstallTimeout);
        if (exitCode == 0)
        {
            await File.WriteAllTextAsync(installed, wanted);
            return null;
        }

        // An unreachable registry is a reason to skip; a lock file that does not fit is not.
        var code = ErrorCode().Match(error).Groups["code"].Value;
        Assert.True(Unreachable.Contains(code), $"npm ci ended with {exitCode}: {error}");
        return $"the npm registry is out of reach ({code}).";
    }

    private static async Task<(int ExitCode, string Output, string Error)> StartAsync(
        string program, string[] arguments, TimeSpan timeout, Action<IDictionary<string, string?>>? setEnvironment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        setEnvironment?.Invoke(start.Environment);
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
