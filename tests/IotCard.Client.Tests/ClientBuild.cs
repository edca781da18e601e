using System.Reflection;
using System.Runtime.Versioning;
using IotCard.Client.Service;

namespace IotCard.Client.Tests;

/// <summary>
/// Which build of the client is under test. IotCard.Client.NetStandard.Tests runs the same tests on the build for
/// Windows PowerShell 5.1.
/// </summary>
internal static class ClientBuild
{
    internal static string Framework { get; } =
        typeof(ServiceTransport).Assembly.GetCustomAttribute<TargetFrameworkAttribute>()!.FrameworkName;

    internal static bool IsForNet { get; } = Framework.StartsWith(".NETCoreApp", StringComparison.Ordinal);
}
