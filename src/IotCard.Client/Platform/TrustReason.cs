namespace IotCard.Client.Platform;

/// <summary>Why somebody else can change a file, or where it is found.</summary>
internal enum TrustReason
{
    /// <summary>Nobody else can, but the system's own accounts.</summary>
    Trusted,

    /// <summary>The file, or a folder on its way, belongs to somebody else.</summary>
    OtherOwner,

    /// <summary>The file, or a folder on its way, can be changed by somebody else.</summary>
    WritableByOthers,

    /// <summary>The path no longer leads to the file that is open.</summary>
    Replaced,

    /// <summary>The system does not say.</summary>
    Unknown,
}
