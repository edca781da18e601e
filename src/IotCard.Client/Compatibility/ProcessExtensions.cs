using System.Diagnostics;
using System.Globalization;

namespace IotCard.Client.Compatibility;

internal static class ProcessExtensions
{
    /// <summary>Hands arguments to a program so that it gets each as it is.</summary>
    internal static void AddArguments(this ProcessStartInfo start, IEnumerable<string> arguments)
    {
#if NET
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
#else
        start.Arguments = string.Join(" ", arguments.Select(Quote));
#endif
    }

    /// <summary>Kills a process with all its children. It may have ended by itself.</summary>
    internal static void KillTree(this Process process)
    {
        try
        {
#if NET
            process.Kill(entireProcessTree: true);
#else
            KillTreeByProgram(process.Id);
            if (!process.HasExited)
            {
                process.Kill();
            }
#endif
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already, or may not be killed: there is nothing more to be done.
        }
    }

    /// <summary>
    /// Kills the processes whose environment has a variable of a value: what a program started and left behind, whose
    /// parent has ended, so that nothing but the environment ties it to the program. Linux only, which shows the
    /// environments of one's own processes.
    /// </summary>
    internal static void KillMarked(string variable, string value)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && HasInEnvironment(folder, variable + "=" + value))
            {
                Kill(id);
            }
        }
    }

    private static bool HasInEnvironment(string folder, string assignment)
    {
        try
        {
            return Array.IndexOf(File.ReadAllText(folder + "/environ").Split('\0'), assignment) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or it has ended meanwhile.
            return false;
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended meanwhile.
        }
    }

#if !NET
    /// <summary>.NET Framework kills no children; Windows brings a program that does.</summary>
    private static void KillTreeByProgram(int id)
    {
        try
        {
            using var kill = Process.Start(new ProcessStartInfo(
                Path.Combine(Environment.SystemDirectory, "taskkill.exe"), FormattableString.Invariant($"/PID {id} /T /F"))
            {
                CreateNoWindow = true,
                UseShellExecute = false,
            });
            kill?.WaitForExit(5000);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // Without it, the process itself is killed all the same.
        }
    }

    /// <summary>Quotes an argument by the rule that Windows programs read their command line by.</summary>
    private static string Quote(string argument)
    {
        var quoted = new System.Text.StringBuilder("\"");
        var backslashes = 0;
        foreach (var c in argument)
        {
            if (c == '\\')
            {
                backslashes++;
                continue;
            }

            quoted.Append('\\', c == '"' ? (2 * backslashes) + 1 : backslashes).Append(c);
            backslashes = 0;
        }

        return quoted.Append('\\', 2 * backslashes).Append('"').ToString();
    }
#endif
}
