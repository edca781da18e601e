using System.Management.Automation;
using System.Reflection;

namespace IotCard.Loading;

/// <summary>
/// Loads the module's dependencies from its <c>dependencies</c> folder, apart from PowerShell's own assemblies, so that
/// neither side has to use the other's versions. PowerShell calls it at import and at removal.
/// </summary>
/// <remarks>
/// Nothing of the client can be loaded before that: a public type of this assembly must not derive from a client type,
/// nor hold one by value in a field.
/// </remarks>
public sealed class DependencyLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly object Gate = new();
    private static int _imports;

    internal static string Folder { get; } = Path.Combine(
        Path.GetDirectoryName(typeof(DependencyLoader).Assembly.Location) ?? string.Empty, "dependencies");

    /// <summary>Starts resolving the module's dependencies.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (_imports++ == 0)
            {
                DependencyResolution.Start();
            }
        }
    }

    /// <summary>Stops resolving them once no session uses the module any more.</summary>
    /// <param name="psModuleInfo">The module being removed.</param>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
        lock (Gate)
        {
            if (--_imports == 0)
            {
                DependencyResolution.Stop();
            }
        }
    }

    internal static string? Find(AssemblyName name)
    {
        var path = Path.Combine(Folder, name.Name + ".dll");
        return File.Exists(path) ? path : null;
    }
}
