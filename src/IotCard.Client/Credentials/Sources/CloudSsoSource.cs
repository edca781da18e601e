using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Credentials.Sources;

/// <summary>A CloudSSO profile: <c>POST /cloud-credentials</c> at the sign-in address, with the access token.</summary>
internal sealed class CloudSsoSource(CredentialContext context, IssuingClient http, StoredProfile stored)
    : SignInSource(context, stored)
{
    protected override string Mode => "CloudSSO";

    protected override string? AccessToken(CliProfile profile, DateTimeOffset now) =>
        CredentialFactory.FromSeconds(profile.CloudSsoAccessTokenExpire) > now && profile.CloudSsoAccessToken?.Trim() is { } token && CredentialFactory.IsPlain(token)
            ? token
            : null;

    protected override async Task<Credential> ExchangeAsync(CliProfile profile, string token, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(profile.CloudSsoAccountId)
            || string.IsNullOrWhiteSpace(profile.CloudSsoAccessConfig)
            || !Uri.TryCreate(profile.CloudSsoSignInUrl, UriKind.Absolute, out var signIn)
            || !Addresses.MayCarrySecrets(signIn))
        {
            throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new LocalizableMessage("CloudSsoIncomplete", $"{Where}: an https cloud_sso_sign_in_url, a cloud_sso_account_id and a cloud_sso_access_config are needed."));
        }

        var body = JsonSerializer.Serialize(
            new CloudSsoRequest { AccountId = profile.CloudSsoAccountId, AccessConfigurationId = profile.CloudSsoAccessConfig },
            CredentialJson.Default.CloudSsoRequest);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(signIn, "/cloud-credentials"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var answer = await http.SendAsync(request, Context.RequestTimeout, cancellationToken).ConfigureAwait(false);
        return answer.IsOk
            && CredentialJson.Read(answer.Body, CredentialJson.Default.CloudSsoResponse)?.CloudCredential is { } issued
            ? issued.ToCredential(Where, expirationNeeded: true)
            : throw Refused(answer);
    }
}
