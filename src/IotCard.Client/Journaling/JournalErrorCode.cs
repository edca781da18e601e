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
}
