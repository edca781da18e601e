using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Fetches from the service that <c>ALIBABA_CLOUD_CREDENTIALS_URI</c> or a profile's <c>credentials_uri</c> names.</summary>
internal sealed class CredentialsUriSource : ITemporaryCredentialSource
{
    private readonly CredentialContext _context;
    private readonly IssuingClient _http;
    private readonly Uri _address;

    private CredentialsUriSource(CredentialContext context, IssuingClient http, Uri address)
    {
        _context = context;
        _http = http;
        _address = address;
    }

    /// <exception cref="CredentialException"><c>InvalidProfile</c>: this is no address that a credential may come from.</exception>
    internal static CredentialsUriSource Create(CredentialContext context, IssuingClient http, string address, LocalizableMessage where) =>
        Uri.TryCreate(address, UriKind.Absolute, out var read) && Addresses.MayIssueCredentials(read)
            ? new CredentialsUriSource(context, http, read)
            : throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new LocalizableMessage("UnsafeUri", $"{where}: the address must be https. Plain http is allowed for loopback and link-local addresses only."));

    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        // Only the authority is named: path and query may contain a secret.
        var where = new LocalizableMessage("InUri", $"The credentials URI at {_address.Authority}");
        var response = await _http
            .SendAsync(new HttpRequestMessage(HttpMethod.Get, _address), _context.RequestTimeout, cancellationToken)
            .ConfigureAwait(false);
        return response.IsOk && JsonText.TryDeserialize(response.Body, SourceJson.Default.IssuedCredential) is { Code: null or "Success" } issued
            ? issued.ToCredential(where, requireExpiration: false)
            : throw new CredentialException(CredentialErrorCode.InvalidResponse, new LocalizableMessage("NoCredentialGiven", $"{where} gave no credential ({response.ToString()})."))
            {
                IsTransient = response.IsOverloaded,
            };
    }
}
