namespace IotCard.Client.Credentials.Resolution;

/// <summary>Something to warn a user of during the search for a credential. It contains no secret.</summary>
internal sealed class CredentialWarning
{
    internal CredentialWarning(CredentialWarningCode code, string? path, LocalizableMessage words)
    {
        Code = code;
        Path = path;
        Words = words;
    }

    /// <summary>The subject.</summary>
    public CredentialWarningCode Code { get; }

    /// <summary>The file concerned; null if there is none.</summary>
    public string? Path { get; }

    /// <summary>The warning in English.</summary>
    public string Message => Words.ToString();

    /// <summary>The warning, for translation.</summary>
    public LocalizableMessage Words { get; }

    /// <summary>The warning in English.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
