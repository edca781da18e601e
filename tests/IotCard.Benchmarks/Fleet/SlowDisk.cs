using System.ComponentModel;
using System.Diagnostics;

namespace IotCard.Benchmarks.Fleet;

/// <summary>Builds the library that makes a process wait at each flush, where there is a C compiler for it.</summary>
internal static class SlowDisk
{
    /// <summary>Builds it.</summary>
    /// <param name="path">Where to.</param>
    /// <returns>Why it cannot be had; null where it can.</returns>
    internal static async Task<string?> BuildAsync(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "the shim that delays flushes is for Linux";
        }

        var start = new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O2", "-o", path, Path.Combine(AppContext.BaseDirectory, "native", "slow-flush.c")])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            using var compiler = Process.Start(start)!;
            var error = await compiler.StandardError.ReadToEndAsync();
            await compiler.WaitForExitAsync();
            return compiler.ExitCode == 0 ? null : $"cc ended with {compiler.ExitCode}: {error.Split('\n')[0]}";
        }
        catch (Win32Exception)
        {
            return "the shim that delays flushes is built by cc, which is missing";
        }
    }
}
