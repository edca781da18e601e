namespace IotCard.Client.Credentials.Resolution;

/// <summary>What to warn a user of during the search for a credential.</summary>
internal enum CredentialWarningCode
{
    /// <summary>Other users of this machine can read a file that holds a secret (its Unix mode lets the group or everyone read).</summary>
    FileReadableByOthers,

    /// <summary>Other users of this machine can change a profile file, by its own mode or owner or by that of its folder.</summary>
    FileWritableByOthers,

    /// <summary>Two spellings of a variable have different values, and each of the vendor's tools reads another one.</summary>
    VariablesDiffer,

    /// <summary>A source is set up but returned no credential, and the next one was tried, as in the official chain.</summary>
    SourceFailed,
}
