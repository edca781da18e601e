using System.Runtime.InteropServices;

namespace IotCard.Demo;

/// <summary>The <c>dotnet</c> that runs this process, for the processes that it starts: it need not be on the PATH.</summary>
internal static class DotNetHost
{
    /// <summary>Its path; or its bare name, if this process brings its own runtime.</summary>
    internal static string Path { get; } = Find();

    private static string Find()
    {
        // The runtime is in shared/Microsoft.NETCore.App/<version> of dotnet's own folder.
        var root = System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..");
        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(path) ? path : "dotnet";
    }
}
