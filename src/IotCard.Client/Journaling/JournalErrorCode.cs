namespace IotCard.Client.Journaling;

/// <summary>What can be wrong with a journal. The names are error ids, so they never change.</summary>
public static class JournalErrorCode
{
    /// <summary>Another run is writing it.</summary>
    public const string InUse = "JournalInUse";

    /// <summary>A program that only reads it, such as a virus scanner or a backup, keeps it from being written.</summary>
    public const string Held = "JournalHeld";

    /// <summary>It cannot be opened or written: no permission, a full disk, a disk that fails.</summary>
    public const string NotWritable = "JournalNotWritable";

    /// <summary>The file is not a journal, or a line in it is damaged.</summary>
    public const string Invalid = "JournalInvalid";

    /// <summary>It lacks records that could not be written, so that no run can be resumed from it.</summary>
    public const string Incomplete = "JournalIncomplete";

    /// <summary>It belongs to another job: another operation, or another endpoint.</summary>
    public const string OtherJob = "JournalOfAnotherJob";

    /// <summary>There is no such file.</summary>
    public const string NotFound = "JournalNotFound";

    /// <summary>It is not a regular file but a link, a folder, a pipe or a device.</summary>
    public const string NotAFile = "JournalNotAFile";

    /// <summary>It was deleted, replaced or truncated while the run was writing it.</summary>
    public const string Tampered = "JournalTampered";

    /// <summary>It is a copy of a journal that still exists at its own path.</summary>
    public const string Copy = "JournalIsACopy";

    /// <summary>Somebody else may put files into the folder of the automatic journals, or may exchange it.</summary>
    public const string FolderNotTrusted = "JournalFolderNotTrusted";

    /// <summary>It has no row like the one to resolve.</summary>
    public const string RowNotFound = "JournalRowNotFound";

    /// <summary>The outcome of the row to resolve is not Unknown.</summary>
    public const string RowNotUnknown = "JournalRowNotUnknown";

    /// <summary>The row to resolve was in flight a moment ago, so the next run can still find out its outcome.</summary>
    public const string RowUnderWay = "JournalRowUnderWay";
}
