using System.Diagnostics;
using IotCard.Benchmarks.Subjects;
using IotCard.Demo;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Starts the scripts of <c>pwsh/</c> in the PowerShell that the repository pins, each in its own process.</summary>
/// <param name="tool">The pinned PowerShell.</param>
/// <param name="folder">The folder for PowerShell's caches and the module's automatic journals, in place of the user's own folders.</param>
internal sealed class Shell(PowerShellTool tool, string folder)
{
    private readonly string _journals = Path.Combine(folder, "state", "IotCard");

    internal string Version => tool.Version;

    /// <summary>The start information for a script.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="cache">The name of the caches to use: PowerShell saves there what a shell has analyzed and compiled, for the next one.</param>
    /// <param name="arguments">Its arguments.</param>
    internal ProcessStartInfo StartInfo(string script, string cache, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "pwsh", script + ".ps1");
        var start = tool.CreateStartInfo(["-NonInteractive", "-File", path, .. arguments]);
        SubjectEnvironment.RemoveProxies(start);
        SubjectEnvironment.SetCredential(start, SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret);
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache", cache);
        start.Environment[OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "XDG_STATE_HOME"] = Path.Combine(folder, "state");
        return start;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <returns>Its output, and how long the whole process took, in seconds.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static async Task<(string Output, double Seconds)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return process.ExitCode == 0 && (await error).Length == 0
            ? (output, seconds)
            : throw new InvalidOperationException($"A shell ended with {process.ExitCode}: {output}{await error}");
    }

    /// <summary>Deletes the automatic journals: what the system has yet to write of them would slow down the next measurement.</summary>
    internal void RemoveJournals()
    {
        if (Directory.Exists(_journals))
        {
            Directory.Delete(_journals, recursive: true);
        }
    }
}
