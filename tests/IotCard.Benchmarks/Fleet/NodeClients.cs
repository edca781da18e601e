using System.ComponentModel;
using System.Diagnostics;
using IotCard.Benchmarks.Subjects;

namespace IotCard.Benchmarks.Fleet;

/// <summary>The vendor's Node clients, installed from their lock file where node and npm are available.</summary>
internal sealed class NodeClients
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "node");

    private NodeClients(string? missing) => Missing = missing;

    /// <summary>Why they are not available; null if they are.</summary>
    internal string? Missing { get; }

    internal static async Task<NodeClients> FindAsync()
    {
        try
        {
            return new NodeClients(await InstallAsync());
        }
        catch (Win32Exception)
        {
            return new NodeClients("node and npm are needed for it");
        }
    }

    /// <summary>Starts a client in its own process.</summary>
    /// <param name="name">The name of its script.</param>
    internal static SubjectProcess Start(string name) => SubjectProcess.StartNode(Path.Combine(Folder, name + ".cjs"));

    /// <summary>Installs what the lock file names, unless it is installed already.</summary>
    /// <returns>What went wrong; null if nothing did.</returns>
    private static async Task<string?> InstallAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var installed = Path.Combine(Folder, "node_modules", "installed-lock.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return null;
        }

        var start = new ProcessStartInfo(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=30000"])
        {
            WorkingDirectory = Folder,
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
