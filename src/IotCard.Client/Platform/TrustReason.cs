namespace IotCard.Client.Platform;

/// <summary>Why somebody else may be able to change or exchange a file. The names are codes for texts.</summary>
internal enum TrustReason
{
    /// <summary>The system does not say.</summary>
    Unknown,

    /// <summary>Nobody else can, but the system's own accounts.</summary>
    Trusted,

    /// <summary>The file, or a folder on its way, belongs to somebody else.</summary>
    OtherOwner,

    /// <summary>The file, or a folder on its way, can be changed by somebody else.</summary>
    WritableByOthers,

    /// <summary>The path no longer leads to the file that is open.</summary>
    Replaced,
}
