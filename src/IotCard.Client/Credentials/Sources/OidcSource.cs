using System.Net.Http.Headers;
using System.Text;
using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Sanitizing;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Assumes a role with an OIDC token: STS <c>AssumeRoleWithOIDC</c>, version 2015-04-01, an unsigned form post. The
/// token's file is read at each renewal, because its issuer replaces it.
/// </summary>
internal sealed class OidcSource(
    CredentialContext context, IssuingClient http, RoleRequest role, string providerArn, string tokenFile)
    : ITemporaryCredentialSource
{
    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        var token = FileText.Read(tokenFile).Trim();
        if (token.Length == 0)
        {
            throw new CredentialException(CredentialErrorCode.UnreadableFile, new LocalizableMessage("TokenFileEmpty", $"{role.Where}: the token file {tokenFile} is empty."));
        }

        var response = await http.SendAsync(Message(token), context.RequestTimeout, cancellationToken).ConfigureAwait(false);
        return response.IsOk
            && JsonText.TryDeserialize(response.Body, SourceJson.Default.StsResponse)?.Credentials is { } issued
            ? issued.ToCredential(role.Where, requireExpiration: true)
            : throw StsError.From(response, role.Where, new SecretRedactor(token));
    }

    private HttpRequestMessage Message(string token)
    {
        NamedValue[] query =
        [
            new("Action", "AssumeRoleWithOIDC"),
            new("Format", "JSON"),
            new("Timestamp", RequestSigner.Format(context.Clock.GetUtcNow())),
            new("Version", "2015-04-01"),
        ];
        NamedValue[] form =
            [.. role.Parameters(), new("OIDCProviderArn", providerArn), new("OIDCToken", token)];

        var message = new HttpRequestMessage(HttpMethod.Post, new Uri(role.Endpoint, "/?" + RequestSigner.Canonicalize(query)))
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(RequestSigner.Canonicalize(form))),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return message;
    }
}
