using System.Runtime.InteropServices;

namespace IotCard.Benchmarks.Shells;

/// <summary>The processes that this one started and that have ended.</summary>
internal static class EndedChildren
{
    private const int Children = -1;

    /// <summary>Their processor time, user and system, as the system adds it up; zero on Windows.</summary>
    internal static TimeSpan ProcessorTime
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return TimeSpan.Zero;
            }

            // struct rusage: two times of seconds and microseconds, and fourteen counts.
            var usage = new long[18];
            _ = getrusage(Children, usage);
            return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds((int)usage[1] + (int)usage[3]);
        }
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrusage(int who, [Out] long[] usage);
}
