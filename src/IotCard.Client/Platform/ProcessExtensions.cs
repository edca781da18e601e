using System.Diagnostics;
using System.Globalization;

namespace IotCard.Client.Platform;

internal static class ProcessExtensions
{
    /// <summary>Whether this system shows the environment of processes, and <see cref="KillMarked"/> has an effect.</summary>
    internal static bool CanKillMarked => Directory.Exists("/proc/self");

    /// <summary>Passes arguments to a program so that it receives each one unchanged.</summary>
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

    /// <summary>Kills a process with all its children. It may already have ended.</summary>
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
            // It has already ended, or may not be killed.
        }
    }

    /// <summary>
    /// Kills the processes that have an environment variable of this value: those that a program started and left
    /// running. Their parent has ended, so only the environment ties them to the program. Linux only, where a process
    /// can read the environment of the user's other processes.
    /// </summary>
    internal static void KillMarked(string variable, string value)
    {
        if (!CanKillMarked)
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
            // It belongs to another user, or has ended.
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
            // It has ended.
        }
    }

#if !NET
    /// <summary>.NET Framework does not kill children; a program that comes with Windows does.</summary>
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
            // Without that program, only the process itself is killed.
        }
    }

    /// <summary>Quotes an argument by the rules that Windows programs use to parse their command line.</summary>
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
