using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace IotCard.Benchmarks;

/// <summary>The built module, and how this program finds its client.</summary>
internal static class ModuleUnderTest
{
    /// <summary>The folder of the built module.</summary>
    internal static string Folder { get; } = Metadata("ModulePath");

    /// <summary>The manifest of the empty module.</summary>
    internal static string EmptyManifest { get; } = Path.Combine(Metadata("EmptyModulePath"), "EmptyModule.psd1");

    /// <summary>The manifest of the module that signs and sends a card, and does nothing else.</summary>
    internal static string BareManifest { get; } = Path.Combine(Metadata("EmptyModulePath"), "BareModule.psd1");

    /// <summary>The manifest of the module in a folder.</summary>
    internal static string ManifestIn(string folder) => Path.Combine(folder, "IotCard.psd1");

    /// <summary>Copies the module, so that a build does not change what is being measured.</summary>
    /// <exception cref="InvalidOperationException">It is a Debug build.</exception>
    internal static void CopyTo(string folder)
    {
        RefuseDebugBuild(Path.Combine(Folder, "bin", "Core", "IotCard.dll"));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>
    /// Lets this process use the module's own client. Processes that import the module do not need it: they use the
    /// module's loader.
    /// </summary>
    internal static void UseClient(string? moduleFolder = null)
    {
        var dependencies = Path.Combine(moduleFolder ?? Folder, "bin", "Core", "dependencies");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
        {
            var path = Path.Combine(dependencies, name.Name + ".dll");
            return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
        };
    }

    private static void RefuseDebugBuild(string assembly)
    {
        if (Assembly.LoadFrom(assembly).GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            throw new InvalidOperationException($"{assembly} is a Debug build: build with -c Release.");
        }
    }

    private static string Metadata(string key) => typeof(ModuleUnderTest).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;
}
