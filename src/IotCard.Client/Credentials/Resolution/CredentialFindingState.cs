namespace IotCard.Client.Credentials.Resolution;

/// <summary>What became of a source that was examined.</summary>
internal enum CredentialFindingState
{
    /// <summary>It gave the credential that would be used.</summary>
    Used,

    /// <summary>It is set up, but an earlier source is used. It was not asked: no network, no child process.</summary>
    Superseded,

    /// <summary>Nothing is set up there.</summary>
    Skipped,

    /// <summary>It is set up, but gave no credential. In the default chain the next source is tried.</summary>
    Failed,
}
