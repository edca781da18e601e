using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Fetches from the service that <c>ALIBABA_CLOUD_CREDENTIALS_URI</c> names.</summary>
internal sealed class CredentialsUriSource(CredentialContext context, IssuingClient http, Uri address) : ITemporaryCredentialSource
{
    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        // Only the authority is named: path and query may contain a secret.
        var where = new LocalizableMessage("InUri", $"The credentials URI at {address.Authority}");
        var response = await http
            .SendAsync(new HttpRequestMessage(HttpMethod.Get, address), context.RequestTimeout, cancellationToken)
            .ConfigureAwait(false);
        return response.IsOk && JsonText.TryDeserialize(response.Body, SourceJson.Default.IssuedCredential) is { } issued
            ? issued.ToCredential(where, requireExpiration: false)
            : throw new CredentialException(CredentialErrorCode.InvalidResponse, new LocalizableMessage("NoCredentialGiven", $"{where} gave no credential ({response.ToString()})."))
            {
                IsTransient = response.IsOverloaded,
            };
    }
}
