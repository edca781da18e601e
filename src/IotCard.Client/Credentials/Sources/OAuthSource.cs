using System.Text;
using IotCard.Client.Credentials.Profiles;

namespace IotCard.Client.Credentials.Sources;

/// <summary>An OAuth profile: <c>POST /v1/exchange</c> at its site's address, with the access token.</summary>
internal sealed class OAuthSource(CredentialContext context, IssuingClient http, StoredProfile stored)
    : SignInSource(context, stored)
{
    protected override string Mode => "OAuth";

    protected override string? AccessToken(CliProfile profile, DateTimeOffset now) =>
        CredentialFactory.FromSeconds(profile.OAuthAccessTokenExpire) > now && profile.OAuthAccessToken?.Trim() is { } token && CredentialFactory.IsPlain(token)
            ? token
            : null;

    protected override async Task<Credential> ExchangeAsync(CliProfile profile, string token, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Site(profile), "/v1/exchange"))
        {
            Content = new StringContent("", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        var answer = await http.SendAsync(request, Context.RequestTimeout, cancellationToken).ConfigureAwait(false);
        return answer.IsOk
            && CredentialJson.Read(answer.Body, CredentialJson.Default.OAuthResponse) is { } issued
            ? issued.ToIssued().ToCredential(Where, expirationNeeded: true)
            : throw Refused(answer);
    }

    private Uri Site(CliProfile profile) =>
        profile.OAuthSiteType?.Trim().ToUpperInvariant() switch
        {
            "CN" => Context.OAuthAddress ?? new Uri("https://oauth.aliyun.com"),
            "INTL" => Context.OAuthAddress ?? new Uri("https://oauth.alibabacloud.com"),
            _ => throw new CredentialException(
                CredentialErrorCode.InvalidProfile, new LocalizableMessage("OAuthSite", $"{Where}: oauth_site_type is to be CN or INTL.")),
        };
}
