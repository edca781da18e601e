using System.Diagnostics;
using IotCard.Benchmarks.Subjects;
using IotCard.Demo;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Starts the scripts of <c>pwsh/</c> in the PowerShell that the repository pins, each in a process of its own.</summary>
/// <param name="tool">That PowerShell.</param>
/// <param name="folder">Where PowerShell keeps its caches and the module its automatic journals, instead of in the user's own folders.</param>
internal sealed class Shell(PowerShellTool tool, string folder)
{
    private readonly string _journals = Path.Combine(folder, "state", "IotCard");

    internal string Version => tool.Version;

    /// <summary>How a script is started.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="cache">Whose caches it shares: PowerShell notes there what a shell has compiled, to have it ready the next time.</param>
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
    /// <returns>What it wrote, and the seconds of its whole process.</returns>
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

    /// <summary>Removes the automatic journals: what they leave for the system to write would slow down whatever is measured next.</summary>
    internal void RemoveJournals()
    {
        if (Directory.Exists(_journals))
        {
            Directory.Delete(_journals, recursive: true);
        }
    }
}
