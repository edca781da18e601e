using System.ComponentModel;
using System.Diagnostics;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>The official Node client, installed from its lock file if node and npm are available.</summary>
internal sealed class NodeClient : IDisposable
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);

    private NodeClient(SubjectProcess? subject, string? missing)
    {
        Subject = subject;
        Missing = missing;
    }

    /// <summary>The client's process; null if it is not available.</summary>
    internal SubjectProcess? Subject { get; }

    /// <summary>Why it is not available.</summary>
    internal string? Missing { get; }

    public void Dispose() => Subject?.Dispose();

    internal static async Task<NodeClient> StartAsync()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "node");
        try
        {
            return await InstallAsync(folder) is { } failure
                ? new NodeClient(null, failure)
                : new NodeClient(SubjectProcess.StartNode(Path.Combine(folder, "pop-core.cjs")), null);
        }
        catch (Win32Exception)
        {
            return new NodeClient(null, "node and npm are needed for it");
        }
    }

    /// <summary>Installs what the lock file names, unless it is installed already.</summary>
    /// <returns>What went wrong; null if nothing did.</returns>
    private static async Task<string?> InstallAsync(string folder)
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"));
        var installed = Path.Combine(folder, "node_modules", "installed-lock.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return null;
        }

        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var npm = Process.Start(start)!;
        using var limit = new CancellationTokenSource(InstallTimeout);
        try
        {
            var output = npm.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await npm.StandardError.ReadToEndAsync(limit.Token);
            await output;
            await npm.WaitForExitAsync(limit.Token);
            if (npm.ExitCode != 0)
            {
                return $"npm ci ended with {npm.ExitCode}: {error.Split('\n')[0]}";
            }
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            return $"npm ci did not end within {InstallTimeout.TotalMinutes:0} minutes";
        }

        await File.WriteAllTextAsync(installed, wanted);
        return null;
    }
}
