using System.Globalization;

namespace IotCard.Benchmarks.Subjects;

/// <summary>The processor time of this process by the names of its threads, in seconds. Only Linux tells.</summary>
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
                // The thread has just ended.
            }
        }

        return times;
    }

    /// <summary>What each took since then.</summary>
    internal static Dictionary<string, double> Since(Dictionary<string, double> start) =>
        Read().ToDictionary(static thread => thread.Key, thread => thread.Value - start.GetValueOrDefault(thread.Key));
}
