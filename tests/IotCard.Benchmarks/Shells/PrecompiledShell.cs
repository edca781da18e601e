using System.Diagnostics;
using IotCard.Demo;

namespace IotCard.Benchmarks.Shells;

/// <summary>
/// The pinned PowerShell as installers ship it: precompiled. The .NET tool has the same assemblies without precompiled code,
/// and takes twice as long to start.
/// </summary>
internal static class PrecompiledShell
{
    // Nothing here loads them, and they would take half of the time.
    private static readonly string[] NotCompiled =
        ["Microsoft.CodeAnalysis", "System.Data.", "System.DirectoryServices", "System.Private.Windows", "System.ServiceModel", "System.Speech", "System.Web.", "System.Windows."];

    /// <summary>Finds the precompiled shell, which takes half a minute the first time.</summary>
    /// <param name="tool">The tool to precompile.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The shell; null where there is no compiler for this system.</returns>
    /// <exception cref="InvalidOperationException">The compiler failed.</exception>
    internal static async Task<PowerShellTool?> BuildAsync(PowerShellTool tool, CancellationToken cancellationToken)
    {
        if (!File.Exists(BuildMetadata.Crossgen2Path))
        {
            return null;
        }

        var shell = Path.Combine(BuildMetadata.ShellCache, $"{tool.Version}-{Environment.Version}");
        if (!Directory.Exists(shell))
        {
            Console.WriteLine($"Precompiling PowerShell {tool.Version}. This happens once.");
            var unfinished = Directory.CreateDirectory(Path.Combine(BuildMetadata.ShellCache, Guid.NewGuid().ToString("N"))).FullName;
            await CompileAllAsync(Path.GetDirectoryName(tool.AssemblyPath)!, unfinished, cancellationToken);
            Directory.Move(unfinished, shell);
        }

        return tool.CopiedTo(shell);
    }

    private static async Task CompileAllAsync(string source, string target, CancellationToken cancellationToken)
    {
        var files = Directory.GetFiles(source, "*", SearchOption.AllDirectories);
        await Parallel.ForEachAsync(
            files.OrderByDescending(static file => new FileInfo(file).Length),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (file, cancellation) =>
            {
                var path = Path.Combine(target, Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (Path.GetDirectoryName(file) == source && IsCompiled(file))
                {
                    await CompileAsync(file, path, cancellation);
                }
                else
                {
                    File.Copy(file, path);
                }
            });
    }

    private static bool IsCompiled(string file) =>
        Path.GetExtension(file) == ".dll" && !NotCompiled.Any(prefix => Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal));

    private static async Task CompileAsync(string assembly, string image, CancellationToken cancellationToken)
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var start = new ProcessStartInfo(
            BuildMetadata.Crossgen2Path,
            [assembly, "-o", image, "-r", Path.Combine(Path.GetDirectoryName(assembly)!, "*.dll"), "-r", Path.Combine(framework, "*.dll"), "-O"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var compiler = Process.Start(start)!;
        var error = compiler.StandardError.ReadToEndAsync(cancellationToken);
        await compiler.StandardOutput.ReadToEndAsync(cancellationToken);
        await compiler.WaitForExitAsync(cancellationToken);
        if (compiler.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(assembly)} could not be precompiled: {await error}");
        }
    }
}
