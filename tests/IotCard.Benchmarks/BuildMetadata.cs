using System.Reflection;

namespace IotCard.Benchmarks;

/// <summary>Paths that are known when this program is built.</summary>
internal static class BuildMetadata
{
    /// <summary>The folder of the built module.</summary>
    internal static string ModulePath { get; } = Read("ModulePath");

    /// <summary>The folder of the module that does nothing, and of the one that only signs and sends.</summary>
    internal static string EmptyModulePath { get; } = Read("EmptyModulePath");

    /// <summary>The compiler of ReadyToRun images; empty where there is none for this system.</summary>
    internal static string Crossgen2Path { get; } = Read("Crossgen2Path");

    /// <summary>The folder of precompiled shells.</summary>
    internal static string ShellCache { get; } = Read("ShellCache");

    private static string Read(string key) => typeof(BuildMetadata).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value ?? string.Empty;
}
