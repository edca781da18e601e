namespace IotCard.Client.Journaling;

/// <summary>What can be wrong with a journal. The names serve as error ids, so they never change.</summary>
public static class JournalErrorCode
{
    /// <summary>Another run is writing it.</summary>
    public const string InUse = "JournalInUse";

    /// <summary>It cannot be opened or written: no such folder, no permission, a full disk.</summary>
    public const string NotWritable = "JournalNotWritable";

    /// <summary>The file is no journal, or a line in it is damaged.</summary>
    public const string Invalid = "JournalInvalid";

    /// <summary>It belongs to another job: another operation, or another endpoint.</summary>
    public const string OtherJob = "JournalOfAnotherJob";

    /// <summary>There is no such file.</summary>
    public const string NotFound = "JournalNotFound";

    /// <summary>It is no regular file: a link, a folder, a pipe or a device.</summary>
    public const string NotAFile = "JournalNotAFile";

    /// <summary>It was deleted, replaced or truncated while the run was writing it.</summary>
    public const string Tampered = "JournalTampered";

    /// <summary>It is a copy of a journal that is still where it was.</summary>
    public const string Copy = "JournalIsACopy";

    /// <summary>It has no row such as the one that is to be resolved.</summary>
    public const string RowNotFound = "JournalRowNotFound";

    /// <summary>The outcome of the row that is to be resolved is not Unknown.</summary>
    public const string RowNotUnknown = "JournalRowNotUnknown";

    /// <summary>The row that is to be resolved was under way a moment ago, so the next run can still settle it.</summary>
    public const string RowUnderWay = "JournalRowUnderWay";
}
