using System.Globalization;

namespace IotCard.Benchmarks.Subjects;

/// <summary>The processor time of this process by thread name, in seconds; empty except on Linux.</summary>
internal static class ThreadTimes
{
    private const string Folder = "/proc/self/task";

    internal static Dictionary<string, double> Read()
    {
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var thread in Directory.Exists(Folder) ? Directory.EnumerateDirectories(Folder) : [])
        {
            try
            {
                var name = File.ReadAllText(Path.Combine(thread, "comm")).Trim();
                var nanoseconds = File.ReadAllText(Path.Combine(thread, "schedstat")).Split(' ')[0];
                times[name] = times.GetValueOrDefault(name) + (double.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e9);
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }

        return times;
    }

    /// <summary>The processor time since an earlier reading.</summary>
    internal static Dictionary<string, double> Since(Dictionary<string, double> start) =>
        Read().ToDictionary(static thread => thread.Key, thread => thread.Value - start.GetValueOrDefault(thread.Key));
}
