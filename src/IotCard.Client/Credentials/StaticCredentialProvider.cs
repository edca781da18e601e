using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Provides one fixed credential, such as one that a user passes. It cannot be renewed.</summary>
internal sealed class StaticCredentialProvider : ICredentialProvider, IDisposable
{
    private readonly Credential _credential;

    /// <summary>Creates a provider of one credential.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="source">Where it comes from, as text.</param>
    public StaticCredentialProvider(Credential credential, string source = "explicit")
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(source);

        _credential = credential;
        Source = source;
    }

    internal StaticCredentialProvider(Credential credential, LocalizableMessage words)
        : this(credential, words.ToString()) => Words = words;

    /// <inheritdoc/>
    public string Source { get; }

    internal LocalizableMessage? Words { get; }

    internal Credential Current => _credential;

    /// <inheritdoc/>
    public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken) => new(_credential);

    /// <summary>Clears the credential's prepared keys.</summary>
    public void Dispose() => _credential.ClearKeys();

    /// <inheritdoc/>
    public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken) => default;
}
