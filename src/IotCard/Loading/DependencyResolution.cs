using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace IotCard.Loading;

/// <summary>How each platform finds the dependencies.</summary>
internal static class DependencyResolution
{
#if NET
    private const string Entrance = "IotCard.Client";

    // Loaded once: assemblies cannot be unloaded from a session, so a second import must use the same ones.
    private static readonly Lazy<Assembly?> Client = new(LoadClient);

    internal static void Start() => AssemblyLoadContext.Default.Resolving += Resolve;

    internal static void Stop() => AssemblyLoadContext.Default.Resolving -= Resolve;

    // Only the client is resolved here; its own dependencies are then found in its context, and nobody else gets our copies.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) => name.Name == Entrance ? Client.Value : null;

    private static Assembly? LoadClient() =>
        DependencyLoader.Find(new AssemblyName(Entrance)) is { } path ? LoadImage(path) ?? new DependencyContext().LoadFromAssemblyPath(path) : null;

    // Nothing depends on an image: any that cannot be used is passed over. A context remembers what it could not load, so
    // the portable assembly gets one of its own.
    private static Assembly? LoadImage(string path)
    {
        var image = DependencyImage.PathOf(path);
        try
        {
            return File.Exists(image) && DependencyImage.IsOf(image, path) ? new DependencyContext().LoadFromAssemblyPath(image) : null;
        }
        catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed class DependencyContext() : AssemblyLoadContext("IotCard")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            DependencyLoader.Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
#else
    internal static void Start() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    internal static void Stop() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    // .NET Framework has no load contexts; it asks here only for what it did not find, and says which assembly requests it.
    private static Assembly? Resolve(object? sender, ResolveEventArgs request) =>
        IsOurs(request.RequestingAssembly) && DependencyLoader.Find(new AssemblyName(request.Name)) is { } path
            ? Assembly.LoadFrom(path)
            : null;

    private static bool IsOurs(Assembly? requesting) =>
        requesting is null
        || requesting == typeof(DependencyLoader).Assembly
        || string.Equals(Path.GetDirectoryName(requesting.Location), DependencyLoader.Folder, StringComparison.OrdinalIgnoreCase);
#endif
}
