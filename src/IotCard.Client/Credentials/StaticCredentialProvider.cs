using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Gives one credential for good, such as one that a user hands in. It cannot be renewed.</summary>
internal sealed class StaticCredentialProvider : ICredentialProvider, IDisposable
{
    private readonly Credential _credential;

    /// <summary>Makes a provider of one credential.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="source">Where it comes from, in words.</param>
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

    /// <summary>Clears the keys that were prepared of the credential.</summary>
    public void Dispose() => _credential.ClearKeys();

    /// <inheritdoc/>
    public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken) => default;
}
