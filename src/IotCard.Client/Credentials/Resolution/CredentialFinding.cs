namespace IotCard.Client.Credentials.Resolution;

/// <summary>What was found at one source of credentials. It holds no secret and no token.</summary>
internal sealed class CredentialFinding
{
    internal CredentialFinding(CredentialSource source, CredentialFindingState state, LocalizableMessage words)
    {
        Source = source;
        State = state;
        Words = words;
    }

    /// <summary>The source.</summary>
    public CredentialSource Source { get; }

    /// <summary>What became of it.</summary>
    public CredentialFindingState State { get; }

    /// <summary>Why, in English words.</summary>
    public string Reason => Words.ToString();

    /// <summary>Why, for other languages.</summary>
    public LocalizableMessage Words { get; }

    /// <summary>The code of the error where the source failed; otherwise null. See <see cref="CredentialErrorCode"/>.</summary>
    public string? ErrorCode { get; internal init; }

    /// <summary>The profile or section; null where the source has none.</summary>
    public string? Profile { get; internal init; }

    /// <summary>The file that the source reads; null where it reads none.</summary>
    public string? Path { get; internal init; }

    /// <summary>The first and last four characters of the AccessKey ID; null where it is not known without asking a service.</summary>
    public string? MaskedAccessKeyId { get; internal init; }

    /// <summary>Whether the credential carries a security token; null where that is not known.</summary>
    public bool? IsTemporary { get; internal init; }

    /// <summary>When the credential ends, UTC; null where it never does or that is not known.</summary>
    public DateTimeOffset? Expiration { get; internal init; }

    /// <summary>The source, its state and the reason.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Source} {State}: {Reason}";
}
