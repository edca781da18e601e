namespace IotCard.Client.Credentials.Resolution;

/// <summary>What was found at one source of credentials. It contains no secret and no token.</summary>
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

    /// <summary>What the source yielded.</summary>
    public CredentialFindingState State { get; }

    /// <summary>Why, in English.</summary>
    public string Reason => Words.ToString();

    /// <summary>Why, for translation.</summary>
    public LocalizableMessage Words { get; }

    /// <summary>The code of the error if the source failed; otherwise null. See <see cref="CredentialErrorCode"/>.</summary>
    public string? ErrorCode { get; internal init; }

    /// <summary>The profile or section; null if the source has none.</summary>
    public string? Profile { get; internal init; }

    /// <summary>The file that the source reads; null if it reads none.</summary>
    public string? Path { get; internal init; }

    /// <summary>The first and last four characters of the AccessKey ID; null if it is unknown without asking a service.</summary>
    public string? MaskedAccessKeyId { get; internal init; }

    /// <summary>Whether the credential has a security token; null if unknown.</summary>
    public bool? IsTemporary { get; internal init; }

    /// <summary>When the credential expires, UTC; null if it never does or that is unknown.</summary>
    public DateTimeOffset? Expiration { get; internal init; }

    /// <summary>The source, its state and the reason.</summary>
    /// <returns>One line.</returns>
    public override string ToString() => $"{Source} {State}: {Reason}";
}
