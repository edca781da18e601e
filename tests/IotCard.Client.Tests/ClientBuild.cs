using System.Reflection;
using System.Runtime.Versioning;
using IotCard.Client.Service;

namespace IotCard.Client.Tests;

/// <summary>Which of the client's builds is under test. IotCard.Client.NetStandard.Tests has the same tests for the one that Windows PowerShell 5.1 loads.</summary>
internal static class ClientBuild
{
    internal static string Framework { get; } =
        typeof(ServiceTransport).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

    internal static bool IsForNet { get; } = Framework.StartsWith(".NETCoreApp", StringComparison.Ordinal);
}
