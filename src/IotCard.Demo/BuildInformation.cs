using System.Reflection;

namespace IotCard.Demo;

/// <summary>The locations of this build, as the project file recorded them.</summary>
internal static class BuildInformation
{
    /// <summary>The manifest of the module that was built together with this program.</summary>
    internal static string ModulePath => Read("ModulePath");

    /// <summary>The folder that NuGet restored this build's packages to.</summary>
    internal static string PackageRoot => Read("NuGetPackageRoot");

    /// <summary>The root of the repository.</summary>
    internal static string RepositoryRoot => Read("RepositoryRoot");

    private static string Read(string key) => typeof(BuildInformation).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
