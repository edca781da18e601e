using System.Management.Automation;
using System.Reflection;

namespace IotCard.Loading;

/// <summary>
/// Loads the module's dependencies from its <c>dependencies</c> folder, apart from PowerShell's own assemblies, so that
/// neither side has to use the other's versions. PowerShell calls it at import and at removal.
/// </summary>
/// <remarks>
/// PowerShell lists the exported types of this assembly before that, and nothing that a runtime loads with a type can be
/// found yet: no exported type may have a base class, an interface or an attribute of a dependency, nor hold one of its
/// value types in a field, nor name one in the signature of a virtual member. The last is so on Windows only, where the
/// runtime compares such types with their COM equivalents when it loads the class. A test reads the metadata for all of these.
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
