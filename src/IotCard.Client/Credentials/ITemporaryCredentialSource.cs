using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Asks for a new temporary credential each time. Whoever holds it decides when that is needed.</summary>
internal interface ITemporaryCredentialSource
{
    /// <exception cref="CredentialException">There is none to be had.</exception>
    Task<Credential> FetchAsync(CancellationToken cancellationToken);
}
