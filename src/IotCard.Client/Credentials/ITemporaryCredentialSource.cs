using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>Fetches a new temporary credential at each call. The caller decides when a new one is required.</summary>
internal interface ITemporaryCredentialSource
{
    /// <exception cref="CredentialException">No credential is available.</exception>
    Task<Credential> FetchAsync(CancellationToken cancellationToken);
}
