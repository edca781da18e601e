using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace IotCard.Benchmarks;

/// <summary>The module that is measured, those that it is compared with, and how this program finds its client.</summary>
internal static class ModuleUnderTest
{
    /// <summary>The manifest of the empty module.</summary>
    internal static string EmptyManifest { get; } = Path.Combine(BuildMetadata.EmptyModulePath, "EmptyModule.psd1");

    /// <summary>The manifest of the module that signs and sends a card, and does nothing else.</summary>
    internal static string BareManifest { get; } = Path.Combine(BuildMetadata.EmptyModulePath, "BareModule.psd1");

    /// <summary>The manifest of the module in a folder.</summary>
    internal static string ManifestIn(string folder) => Path.Combine(folder, "IotCard.psd1");

    /// <summary>Copies a module, so that a build does not change what is being measured.</summary>
    /// <exception cref="InvalidOperationException">It is not this module, or a Debug build.</exception>
    internal static void Copy(string folder, string copy)
    {
        if (!File.Exists(ManifestIn(folder)))
        {
            throw new InvalidOperationException($"{folder} has no IotCard.psd1: give the folder of a built module, such as out/IotCard/<version>.");
        }

        RefuseDebugBuild(Path.Combine(folder, "bin", "Core", "IotCard.dll"));
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>
    /// Lets this process use the client of the module in a folder. Processes that import the module do not need it: they
    /// use the module's loader.
    /// </summary>
    internal static void UseClient(string folder)
    {
        var dependencies = Path.Combine(folder, "bin", "Core", "dependencies");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var path = Path.Combine(dependencies, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }

    // In a context of its own, because there may be two builds of the same assembly.
    private static void RefuseDebugBuild(string assembly)
    {
        var loaded = new AssemblyLoadContext(name: null).LoadFromAssemblyPath(assembly);
        if (loaded.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            throw new InvalidOperationException($"{assembly} is a Debug build: build with -c Release.");
        }
    }
}
