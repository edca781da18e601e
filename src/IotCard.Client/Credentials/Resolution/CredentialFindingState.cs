namespace IotCard.Client.Credentials.Resolution;

/// <summary>What a source yielded when it was examined.</summary>
internal enum CredentialFindingState
{
    /// <summary>It returned the credential that would be used.</summary>
    Used,

    /// <summary>It is set up, but an earlier source is used. It was not queried: no network, no child process.</summary>
    Superseded,

    /// <summary>Nothing is set up there.</summary>
    Skipped,

    /// <summary>It is set up, but returned no credential. In the default chain the next source is tried.</summary>
    Failed,
}
