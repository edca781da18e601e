using System.Globalization;
using System.Text.RegularExpressions;
using IotCard.Client.Platform;
using IotCard.Client.Rules;

namespace IotCard.Client.Journaling;

/// <summary>
/// The journals that runs keep without being asked, one file per run, in a folder of the user's own. None is resumed
/// unless a command names it as its journal.
/// </summary>
public sealed class AutomaticJournals
{
    private const string Extension = ".jsonl";
    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const int MaximumAttempts = 100;

    /// <summary>How long a journal is kept if every row in it has ended.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private static int _count;

    private readonly string? _missing;

    /// <summary>Creates the list of a folder's journals.</summary>
    /// <param name="folder">The folder; it is created with the first journal.</param>
    public AutomaticJournals(string folder) => Folder = folder;

    private AutomaticJournals(string folder, string missing)
        : this(folder) => _missing = missing;

    /// <summary>The folder of the journals; empty if the environment provides no place for it.</summary>
    public string Folder { get; }

    /// <summary>Finds the folder of the user who runs this process.</summary>
    /// <param name="environment">Returns the value of an environment variable, or null.</param>
    /// <returns>The journals there.</returns>
    public static AutomaticJournals ForUser(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);

        var state = StateFolder.ForUser(environment);
        return state.Path is { } path
            ? new AutomaticJournals(Path.Combine(path, "IotCard"))
            : new AutomaticJournals(string.Empty, state.Value is { } value ? $"{state.Variable}={value}" : state.Variable);
    }

    /// <summary>
    /// Creates a journal, and removes old ones in which every row has ended and that no other run was given as its
    /// journal. A failure is reported by <see cref="Journal.Failure"/> and stops nothing.
    /// </summary>
    /// <param name="job">The job of the run.</param>
    /// <param name="clock">Provides the start time.</param>
    /// <param name="caller">Who makes the run; null to record nothing of that.</param>
    /// <returns>The journal.</returns>
    public Task<Journal> CreateAsync(JournalJob job, TimeProvider clock, JournalCaller? caller = null)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return Task.FromResult(Create(job, clock, caller));
    }

    /// <summary>Lists the journals.</summary>
    /// <returns>Their paths, newest first.</returns>
    /// <exception cref="JournalException">The folder cannot be read, or somebody else can put files into it.</exception>
    public IReadOnlyList<string> FindPaths()
    {
        try
        {
            if (!Directory.Exists(Folder))
            {
                return [];
            }

            // The names begin with the time.
            RequireOwnFolder();
            return [.. Directory.EnumerateFiles(Folder, "*" + Extension).OrderByDescending(static path => Path.GetFileName(path), StringComparer.Ordinal)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(JournalErrorCode.NotFound, Folder, failure.Message, failure);
        }
    }

    private void RequireOwnFolder()
    {
        if (FileTrust.OfFolder(Folder) is { Reason: TrustReason.OtherOwner or TrustReason.WritableByOthers } found)
        {
            throw new JournalException(JournalErrorCode.FolderNotTrusted, Folder, found.Place);
        }
    }

    private Journal Create(JournalJob job, TimeProvider clock, JournalCaller? caller)
    {
        try
        {
            if (Folder.Length == 0)
            {
                throw new JournalException(JournalErrorCode.NotWritable, "IotCard", _missing);
            }

            PrivateFile.CreateFolder(Folder);
            RequireOwnFolder();
            Prune(clock.GetUtcNow() - KeptFor);
            return Journal.Open(OpenNew(clock.GetUtcNow()), job, clock, isAutomatic: true, caller);
        }
        catch (JournalException failure)
        {
            return Journal.NotCreated(failure, clock);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            return Journal.NotCreated(new JournalException(JournalErrorCode.NotWritable, Folder, failure.Message, failure), clock);
        }
    }

    private JournalFile OpenNew(DateTimeOffset now)
    {
        var time = now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
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
                return JournalOpener.CreateNew(path);
            }
        }
    }

    /// <summary>Removes old journals. Their names tell which are old, before anything is asked of the file system.</summary>
    private void Prune(DateTimeOffset before)
    {
        var youngest = before.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        foreach (var path in Directory.EnumerateFiles(Folder, "*" + Extension))
        {
            try
            {
                var name = Path.GetFileName(path);
                if (string.CompareOrdinal(name, youngest) < 0 && IsAutomatic(name) && File.GetLastWriteTimeUtc(path) < before.UtcDateTime)
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
    private static bool IsAutomatic(string name) =>
        Regex.IsMatch(name, @"^[0-9]{8}T[0-9]{9}Z-[0-9]+-[0-9]+\.jsonl$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private static void RemoveWhereEnded(string path)
    {
        using var file = JournalOpener.OpenToWrite(path);
        var index = JournalIndex.Load(file);
        var isNeeded = index.Scan.DamagedLines.Count > 0 || index.Torn.Count > 0 || index.Scan.Run > 1
            || index.ReadRows().Exists(static row => row.Outcome.Status == OutcomeStatus.Unknown);
        if (!isNeeded)
        {
            file.Delete();
        }
    }
}
