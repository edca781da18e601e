using System.Diagnostics;
using System.Text.Json;

namespace IotCard.Demo;

/// <summary>
/// PowerShell as a .NET tool, in the version pinned by the tool manifest. Its assembly is started with <c>dotnet</c>
/// directly: the tool's own launcher starts a second process, and the native executables in the package run only on the
/// platforms they were built for.
/// </summary>
internal sealed class PowerShellTool
{
    private const string Manifest = ".config/dotnet-tools.json";

    // Two restores at once would extract the same package.
    private static readonly SemaphoreSlim Gate = new(1, 1);

    private PowerShellTool(string version, string assemblyPath)
    {
        Version = version;
        AssemblyPath = assemblyPath;
    }

    /// <summary>The pinned version.</summary>
    internal string Version { get; }

    /// <summary>The path of <c>pwsh.dll</c>.</summary>
    internal string AssemblyPath { get; }

    /// <summary>Finds the pinned PowerShell, restoring it if it is missing.</summary>
    /// <param name="root">The folder that holds the tool manifest.</param>
    /// <param name="packageRoot">The folder that NuGet restores packages to.</param>
    /// <param name="output">Receives a line if PowerShell is being restored.</param>
    /// <param name="cancellationToken">Cancels the restore.</param>
    /// <exception cref="InvalidOperationException">It could not be restored.</exception>
    internal static async Task<PowerShellTool> RestoreAsync(string root, string packageRoot, TextWriter output, CancellationToken cancellationToken)
    {
        await Gate.WaitAsync(cancellationToken);
        try
        {
            return await FindOrRestoreAsync(root, packageRoot, output, cancellationToken);
        }
        finally
        {
            Gate.Release();
        }
    }

    /// <summary>Finds the PowerShell that this repository pins.</summary>
    internal static Task<PowerShellTool> RestoreAsync(TextWriter output, CancellationToken cancellationToken) => RestoreAsync(
        BuildInformation.RepositoryRoot,
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder ? folder : BuildInformation.PackageRoot,
        output,
        cancellationToken);

    /// <summary>The same PowerShell, copied to another folder.</summary>
    internal PowerShellTool CopiedTo(string folder) => new(Version, Path.Combine(folder, Path.GetFileName(AssemblyPath)));

    /// <summary>How to start it: without a profile, and without checking for updates.</summary>
    internal ProcessStartInfo CreateStartInfo(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(DotNetHost.Path, [AssemblyPath, "-NoProfile", .. arguments]) { UseShellExecute = false };
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";

        // Inherited from another PowerShell, it would lead to that one's modules.
        start.Environment.Remove("PSModulePath");
        return start;
    }

    private static async Task<PowerShellTool> FindOrRestoreAsync(string root, string packageRoot, TextWriter output, CancellationToken cancellationToken)
    {
        var version = ReadVersion(Path.Combine(root, Manifest));
        if (Find(packageRoot, version) is { } present)
        {
            return new PowerShellTool(version, present);
        }

        await output.WriteLineAsync($"Restoring PowerShell {version} from NuGet, as {Manifest} says. This happens once.");
        await output.FlushAsync(cancellationToken);
        var said = await RunToolAsync(root, ["restore"], cancellationToken);

        // If it was restored to another folder, it stays there, and is asked for its location.
        var restored = Find(packageRoot, version)
            ?? Path.Combine(await RunToolAsync(root, ["run", "pwsh", "--", "-NoProfile", "-Command", "$PSHOME"], cancellationToken), "pwsh.dll");
        return File.Exists(restored)
            ? new PowerShellTool(version, restored)
            : throw new InvalidOperationException(
                $"PowerShell {version} could not be restored. Check that NuGet can be reached and run 'dotnet tool restore' in {root}. It said: {said}");
    }

    private static string ReadVersion(string manifest)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(manifest));
        return document.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString()!;
    }

    private static string? Find(string packageRoot, string version)
    {
        var tools = new DirectoryInfo(Path.Combine(packageRoot, "powershell", version, "tools"));
        var system = OperatingSystem.IsWindows() ? "win" : "unix";
        return tools.Exists
            ? tools.GetDirectories().Select(framework => Path.Combine(framework.FullName, "any", system, "pwsh.dll")).FirstOrDefault(File.Exists)
            : null;
    }

    private static async Task<string> RunToolAsync(string root, string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotNetHost.Path, ["tool", .. arguments])
        {
            WorkingDirectory = root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken) + await error;
        await process.WaitForExitAsync(cancellationToken);
        return said.Trim();
    }
}
