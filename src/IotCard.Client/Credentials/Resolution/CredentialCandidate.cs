namespace IotCard.Client.Credentials.Resolution;

/// <summary>
/// How one source is set up on this machine, told without asking any service: a provider that is ready to be asked,
/// or why there is none.
/// </summary>
internal sealed class CredentialCandidate
{
    private CredentialCandidate(CredentialSource source) => Source = source;

    internal CredentialSource Source { get; }

    internal ICredentialProvider? Provider { get; private init; }

    /// <summary>Why nothing is set up here; null where something is.</summary>
    internal LocalizableMessage? SkipReason { get; private init; }

    /// <summary>What is wrong with what is set up here; null where nothing is.</summary>
    internal CredentialException? Error { get; private init; }

    internal string? Profile { get; private set; }

    internal string? Path { get; private set; }

    /// <summary>Says which profile of which file it is, where that is not said yet.</summary>
    internal CredentialCandidate At(string? profile, string? path)
    {
        Profile ??= profile;
        Path ??= path;
        return this;
    }

    internal static CredentialCandidate Ready(CredentialSource source, ICredentialProvider provider) =>
        new(source) { Provider = provider };

    internal static CredentialCandidate Skipped(CredentialSource source, LocalizableMessage reason) => new(source) { SkipReason = reason };

    internal static CredentialCandidate Failed(CredentialSource source, CredentialException error) => new(source) { Error = error };
}
