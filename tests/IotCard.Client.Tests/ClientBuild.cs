using System.Reflection;
using System.Runtime.Versioning;
using IotCard.Client.Service;

namespace IotCard.Client.Tests;

/// <summary>Which of the client's builds is under test: <c>dotnet test --project tests/IotCard.Client.Tests -p:ClientFramework=netstandard2.0</c> takes the one for Windows PowerShell 5.1.</summary>
internal static class ClientBuild
{
    internal static string Framework { get; } =
        typeof(ServiceTransport).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

    internal static bool IsForNet { get; } = Framework.StartsWith(".NETCoreApp", StringComparison.Ordinal);
}
