using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Provides the credential that requests are signed with.</summary>
public interface ICredentialProvider
{
    /// <summary>Where the credential comes from, as text for the verbose stream, such as <c>environment</c>.</summary>
    string Source { get; }

    /// <summary>Gets a valid credential. A permanent one never changes; a temporary one is renewed before it expires.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The credential to sign with.</returns>
    /// <exception cref="CredentialException">No credential is available.</exception>
    ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken);

    /// <summary>Replaces a credential that the service has just rejected as expired.</summary>
    /// <param name="expired">The rejected credential.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A renewed credential; null if this source cannot renew.</returns>
    /// <exception cref="CredentialException">The renewal failed.</exception>
    ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken);
}
