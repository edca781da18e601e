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

    // Created once: assemblies cannot be unloaded from a session, so a second import must use the same ones.
    private static readonly DependencyContext Context = new();

    internal static void Start() => AssemblyLoadContext.Default.Resolving += Resolve;

    internal static void Stop() => AssemblyLoadContext.Default.Resolving -= Resolve;

    // Only the client is resolved here; its own dependencies are then found in its context, and nobody else gets our copies.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == Entrance ? Context.LoadFromAssemblyName(name) : null;

    private sealed class DependencyContext() : AssemblyLoadContext("IotCard")
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            DependencyLoader.Find(assemblyName) is { } path ? LoadImage(path) ?? LoadFromAssemblyPath(path) : null;

        // Nothing depends on an image: any that cannot be used is passed over.
        private Assembly? LoadImage(string path)
        {
            var image = DependencyImage.PathOf(path);
            try
            {
                return File.Exists(image) && DependencyImage.IsOf(image, path) ? LoadFromAssemblyPath(image) : null;
            }
            catch (Exception exception) when (exception is BadImageFormatException or IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
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
