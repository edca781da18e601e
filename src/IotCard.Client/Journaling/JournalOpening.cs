using IotCard.Client.Platform;

namespace IotCard.Client.Journaling;

/// <summary>What has to hold before a journal is resumed, and how it is prepared for more lines.</summary>
internal static class JournalOpening
{
    /// <summary>Reads a journal and requires that a run may be resumed from it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="job">The job of the run; null for any.</param>
    /// <exception cref="JournalException">It is damaged, lacks records, is a copy, or belongs to another job.</exception>
    internal static JournalIndex Load(JournalFile file, JournalJob? job)
    {
        var index = JournalIndex.Load(file);
        index.Scan.RequireWhole();
        if (job is not null && index.Job is { } found && found != job)
        {
            throw new JournalException(JournalErrorCode.OtherJob, file.Path, found.ToString());
        }

        RequireOriginal(file, index);
        return index;
    }

    /// <summary>Requires that no record is missing, of which a resumed run would know nothing.</summary>
    internal static void RequireComplete(JournalFile file, JournalIndex index)
    {
        if (index.Gap is { } gap)
        {
            throw new JournalException(JournalErrorCode.Incomplete, file.Path, gap.Reason);
        }
    }

    /// <summary>
    /// Repairs the end of the file: a last line gets its missing line feed, and a torn line is kept in a line of its
    /// own, because its row may have been sent.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="index">What is in it.</param>
    /// <param name="isForced">Whether lines are forced to the disk. One that is not may miss some, and then says so in a line that has room.</param>
    internal static void BeginAppending(JournalFile file, JournalIndex index, bool isForced) => file.BeginAppending(
        index.Job is null ? 0 : index.Scan.ValidLength,
        index.OpenCount + (isForced ? 0 : 1),
        index.Scan.Torn is { BelongsToNoRow: false } torn ? JournalLineFormatter.Torn(torn)
            : index.Scan.LacksLineFeed ? [(byte)'\n']
            : []);

    /// <summary>The lines about holes that no line tells of yet. They stay where they are, before lines that are whole.</summary>
    internal static IEnumerable<PendingLine> DescribeHoles(JournalIndex index) =>
        index.Scan.NewHoles.Select(static hole => new PendingLine(JournalLineFormatter.Torn(hole)));

    /// <summary>
    /// A run with a copy would send again what the original has recorded as sent since. A copy is recognized by the
    /// original, if the path that the copy names still leads to it.
    /// </summary>
    private static void RequireOriginal(JournalFile file, JournalIndex index)
    {
        if (index.LastRun is not { Path: { } path, FileId: { } id } || file.Identity is null || id == file.Identity)
        {
            return;
        }

        try
        {
            if (FileStatus.FromPath(path)?.Identity == id)
            {
                throw new JournalException(JournalErrorCode.Copy, file.Path, path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The original's path cannot be checked, so nothing is known.
        }
    }
}
