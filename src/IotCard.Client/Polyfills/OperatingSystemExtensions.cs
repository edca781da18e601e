#if !NET
using System.Runtime.InteropServices;

namespace IotCard.Client.Polyfills;

internal static class OperatingSystemExtensions
{
    extension(OperatingSystem)
    {
        internal static bool IsLinux() => RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

        internal static bool IsMacOS() => RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

        internal static bool IsWindows() => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
    }
}
#endif
