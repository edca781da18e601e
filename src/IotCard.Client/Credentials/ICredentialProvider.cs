using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Gives the credential that requests are signed with.</summary>
public interface ICredentialProvider
{
    /// <summary>Where the credential comes from, in words for the verbose stream, such as <c>environment</c>.</summary>
    string Source { get; }

    /// <summary>Gives a credential that holds now. A lasting one is the same every time; a temporary one is renewed ahead of its end.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The credential to sign with.</returns>
    /// <exception cref="CredentialException">There is none to be had.</exception>
    ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Gives a credential other than one that the service has just called expired.
    /// </summary>
    /// <param name="expired">The credential that the service refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A renewed credential, or null where this source cannot renew.</returns>
    /// <exception cref="CredentialException">The renewal failed.</exception>
    ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken);
}
