using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>
/// The journals that runs keep without being asked, one file per run, in a folder of the user's own. None is resumed
/// unless a command names it as its journal.
/// </summary>
public sealed class AutomaticJournals
{
    private const string Extension = ".jsonl";
    private const int MaximumAttempts = 100;

    /// <summary>How long a journal is kept if every row in it has ended.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private static int _count;

    /// <summary>Creates the list of a folder's journals.</summary>
    /// <param name="folder">The folder; it is created with the first journal.</param>
    public AutomaticJournals(string folder) => Folder = folder;

    /// <summary>The folder of the journals; empty if the environment provides no place for it.</summary>
    public string Folder { get; }

    /// <summary>Finds the folder of the user who runs this process.</summary>
    /// <param name="environment">Returns the value of an environment variable, or null.</param>
    /// <returns>The journals there.</returns>
    public static AutomaticJournals ForUser(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);

        var state = OperatingSystem.IsWindows()
            ? FindFolder(environment("LOCALAPPDATA")) ?? FindFolder(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData))
            : FindUnixFolder(environment);
        return new AutomaticJournals(state is null ? string.Empty : Path.Combine(state, "IotCard"));
    }

    /// <summary>
    /// Creates a journal, and removes old ones in which every row has ended and that no other run was given as its
    /// journal. A failure is reported by <see cref="Journal.Failure"/> and stops nothing.
    /// </summary>
    /// <param name="job">The job of the run.</param>
    /// <param name="clock">Provides the start time.</param>
    /// <returns>The journal.</returns>
    public Task<Journal> CreateAsync(JournalJob job, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Task.FromResult(Create(job, clock));
    }

    /// <summary>Lists the journals.</summary>
    /// <returns>Their paths, newest first.</returns>
    public IReadOnlyList<string> FindPaths()
    {
        try
        {
            // The names begin with the time.
            return Directory.Exists(Folder)
                ? [.. Directory.EnumerateFiles(Folder, "*" + Extension).OrderByDescending(static path => Path.GetFileName(path), StringComparer.Ordinal)]
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalErrorCode.NotFound, Folder, failure.Message, failure);
        }
    }

    private static string? FindUnixFolder(Func<string, string?> environment)
    {
        var home = FindFolder(environment("HOME")) ?? FindFolder(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        return RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
            ? home is null ? null : Path.Combine(home, "Library", "Application Support")
            : FindFolder(environment("XDG_STATE_HOME")) ?? (home is null ? null : Path.Combine(home, ".local", "state"));
    }

    private static string? FindFolder(string? path) => !string.IsNullOrEmpty(path) && Path.IsPathRooted(path) ? path : null;

    private static void MakeFolder(string folder)
    {
#if NET
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(folder);
    }

    private Journal Create(JournalJob job, TimeProvider clock)
    {
        try
        {
            if (Folder.Length == 0)
            {
                throw new JournalException(JournalErrorCode.NotWritable, "IotCard", "HOME");
            }

            MakeFolder(Folder);
            Prune(clock.GetUtcNow() - KeptFor);
            return Journal.Open(OpenNew(clock.GetUtcNow()), job, clock, isAutomatic: true);
        }
        catch (JournalException failure)
        {
            return Journal.NotCreated(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Journal.NotCreated(new JournalException(JournalErrorCode.NotWritable, Folder, failure.Message, failure));
        }
    }

    private JournalFile OpenNew(DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
#if NET
        var process = Environment.ProcessId;
#else
        var process = System.Diagnostics.Process.GetCurrentProcess().Id;
#endif
        for (var attempt = 1; ; attempt++)
        {
            var name = FormattableString.Invariant($"{time}-{process}-{Interlocked.Increment(ref _count)}{Extension}");
            var path = Path.Combine(Folder, name);
            if (!File.Exists(path) || attempt == MaximumAttempts)
            {
                return JournalFile.OpenToWrite(path);
            }
        }
    }

    private void Prune(DateTimeOffset before)
    {
        foreach (var path in FindPaths())
        {
            try
            {
                if (File.GetLastWriteTimeUtc(path) < before.UtcDateTime && HasAutomaticName(path))
                {
                    RemoveWhereEnded(path);
                }
            }
            catch (Exception failure) when (failure is JournalException or IOException or UnauthorizedAccessException)
            {
                // One that is in use, damaged or another user's stays.
            }
        }
    }

    /// <summary>A file of any other name is a user's own.</summary>
    private static bool HasAutomaticName(string path) =>
        Regex.IsMatch(Path.GetFileName(path), @"^[0-9]{8}T[0-9]{9}Z-[0-9]+-[0-9]+\.jsonl$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static void RemoveWhereEnded(string path)
    {
        using var file = JournalFile.OpenToWrite(path, isToCreate: false);
        var contents = JournalContents.Read(file);
        if (!contents.HasUnidentifiedRow && contents.RunCount <= 1 && !contents.Records.Any(static record => record.Outcome.Status == OutcomeStatus.Unknown))
        {
            file.Delete();
        }
    }
}
