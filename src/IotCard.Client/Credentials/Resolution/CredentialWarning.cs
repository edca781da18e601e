namespace IotCard.Client.Credentials.Resolution;

/// <summary>Something a user should be told of while a credential is looked for. It holds no secret.</summary>
internal sealed class CredentialWarning
{
    internal CredentialWarning(CredentialWarningCode code, string? path, LocalizableMessage words)
    {
        Code = code;
        Path = path;
        Words = words;
    }

    /// <summary>What it is about.</summary>
    public CredentialWarningCode Code { get; }

    /// <summary>The file it is about; null where it is about none.</summary>
    public string? Path { get; }

    /// <summary>The warning in English words.</summary>
    public string Message => Words.ToString();

    /// <summary>The warning, for other languages.</summary>
    public LocalizableMessage Words { get; }

    /// <summary>The warning in words.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;
}
