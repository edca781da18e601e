namespace IotCard.Client.Credentials.Resolution;

/// <summary>
/// How one source is set up on this machine, as far as that is known without asking a service: a provider that is ready
/// for use, or why there is none.
/// </summary>
internal sealed class CredentialCandidate
{
    private CredentialCandidate(CredentialSource source) => Source = source;

    internal CredentialSource Source { get; }

    internal ICredentialProvider? Provider { get; private init; }

    /// <summary>Why nothing is set up here; null if something is.</summary>
    internal LocalizableMessage? SkipReason { get; private init; }

    /// <summary>What is wrong with the setup; null if nothing is.</summary>
    internal CredentialException? Error { get; private init; }

    internal string? Profile { get; private set; }

    internal string? Path { get; private set; }

    /// <summary>Adds the profile and the file, unless they are already set.</summary>
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
