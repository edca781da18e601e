namespace IotCard.Client.Credentials.Resolution;

/// <summary>What a user should be told of while a credential is looked for.</summary>
internal enum CredentialWarningCode
{
    /// <summary>A file that holds a secret can be read by other users of this machine (its Unix mode lets the group or everyone read).</summary>
    FileReadableByOthers,

    /// <summary>A profile file can be changed by other users of this machine, by its own mode or owner or by its folder's.</summary>
    FileWritableByOthers,

    /// <summary>A source is set up but gave no credential, and the next one was tried, as the official chain does.</summary>
    SourceFailed,
}
