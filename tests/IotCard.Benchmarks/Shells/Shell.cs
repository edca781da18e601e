using System.Diagnostics;
using IotCard.Benchmarks.Subjects;
using IotCard.Demo;
using IotCard.Sandbox;

namespace IotCard.Benchmarks.Shells;

/// <summary>Starts the scripts of <c>pwsh/</c> in the PowerShell that the repository pins, each in its own process.</summary>
internal sealed class Shell
{
    private readonly PowerShellTool _tool;
    private readonly string _folder;
    private readonly string _journals;

    private Shell(PowerShellTool tool, bool isPrecompiled, string folder)
    {
        _tool = tool;
        _folder = folder;
        _journals = Path.Combine(folder, "state", "IotCard");
        Description = $"PowerShell {tool.Version}, " + (isPrecompiled ? "precompiled" : "the .NET tool, which is not precompiled");
    }

    /// <summary>The version, and whether it is precompiled.</summary>
    internal string Description { get; }

    /// <summary>Finds PowerShell: precompiled where there is a compiler for that, otherwise the tool as it is.</summary>
    /// <param name="folder">The folder for PowerShell's caches and the module's automatic journals, in place of the user's own folders.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="InvalidOperationException">It could not be restored or precompiled.</exception>
    internal static async Task<Shell> FindAsync(string folder, CancellationToken cancellationToken)
    {
        var tool = await PowerShellTool.RestoreAsync(Console.Out, cancellationToken);
        var precompiled = await PrecompiledShell.BuildAsync(tool, cancellationToken);
        return new Shell(precompiled ?? tool, precompiled is not null, folder);
    }

    /// <summary>The path of a script.</summary>
    internal static string PathOf(string script) => Path.Combine(AppContext.BaseDirectory, "pwsh", script + ".ps1");

    /// <summary>The start information for a script.</summary>
    /// <param name="script">Its name.</param>
    /// <param name="cache">The name of the caches to use: PowerShell saves there what a shell has analyzed and compiled, for the next one.</param>
    /// <param name="arguments">Its arguments.</param>
    internal ProcessStartInfo StartInfo(string script, string cache, params IEnumerable<string> arguments)
    {
        var start = _tool.CreateStartInfo(["-NonInteractive", "-File", PathOf(script), .. arguments]);
        SubjectEnvironment.RemoveProxies(start);
        SubjectEnvironment.SetCredential(start, SandboxOptions.DefaultAccessKey.Id, SandboxOptions.DefaultAccessKey.Secret);
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(_folder, "cache", cache);
        start.Environment[OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "XDG_STATE_HOME"] = Path.Combine(_folder, "state");
        return start;
    }

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What the whole process took, and its output.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    internal static async Task<(IterationResult Taken, string Output)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var cpu = EndedChildren.ProcessorTime;
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        if (process.ExitCode != 0 || (await error).Length > 0)
        {
            throw new InvalidOperationException($"A shell ended with {process.ExitCode}: {output}{await error}");
        }

        var taken = OperatingSystem.IsWindows() ? process.TotalProcessorTime : EndedChildren.ProcessorTime - cpu;
        return (new IterationResult(seconds, taken.TotalSeconds), output);
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
