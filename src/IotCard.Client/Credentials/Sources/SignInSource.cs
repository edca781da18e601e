using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>
/// Provides the credential of a profile that a person signs in for: the one that the command line has stored, while it
/// is valid; else a new one in exchange for the stored access token, while that is valid; else an error that asks to
/// sign in again. The file is read each time, so that a new sign-in takes effect during a run. It is never written, and
/// an OAuth refresh token is never used: using it without storing its successor would end the user's own sign-in.
/// </summary>
internal sealed class SignInSource(CredentialContext context, IssuingClient http, StoredProfile stored, SignInMode mode)
    : ITemporaryCredentialSource
{
    /// <summary>The minimum remaining lifetime of a stored credential: the official libraries' renewal limit.</summary>
    private static readonly TimeSpan MinimumLeft = TimeSpan.FromSeconds(180);

    private string? _given;

    public async Task<Credential> FetchAsync(CancellationToken cancellationToken)
    {
        var profile = stored.Read();
        var now = context.Clock.GetUtcNow();
        var credential = Stored(profile);
        if (credential?.Expiration - now > MinimumLeft && !string.Equals(credential!.SecurityToken, _given, StringComparison.Ordinal))
        {
            _given = credential.SecurityToken;
            return credential;
        }

        return AccessToken(profile, now) is { } token
            ? await ExchangeAsync(profile, token, cancellationToken).ConfigureAwait(false)
            : credential?.Expiration > now ? credential : throw SignInRequired();
    }

    /// <summary>The stored access token, if it is still valid.</summary>
    private string? AccessToken(CliProfile profile, DateTimeOffset now)
    {
        var (stored, end) = mode == SignInMode.CloudSSO
            ? (profile.CloudSsoAccessToken, profile.CloudSsoAccessTokenExpire)
            : (profile.OAuthAccessToken, profile.OAuthAccessTokenExpire);
        return CredentialFactory.FromSeconds(end) > now && stored?.Trim() is { } token && CredentialFactory.IsPlain(token) ? token : null;
    }

    /// <summary>Exchanges the access token for a credential.</summary>
    private async Task<Credential> ExchangeAsync(CliProfile profile, string token, CancellationToken cancellationToken)
    {
        var request = mode == SignInMode.CloudSSO ? CloudSsoRequest(profile) : OAuthRequest(profile);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var response = await http.SendAsync(request, context.RequestTimeout, cancellationToken).ConfigureAwait(false);
        return response.IsOk && Issued(response.Body) is { } issued ? issued.ToCredential(stored.Where, requireExpiration: true) : throw Refused(response);
    }

    private IssuedCredential? Issued(string body) => mode == SignInMode.CloudSSO
        ? JsonText.TryDeserialize(body, SourceJson.Default.CloudSsoResponse)?.CloudCredential
        : JsonText.TryDeserialize(body, SourceJson.Default.IssuedCredential);

    private HttpRequestMessage CloudSsoRequest(CliProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.CloudSsoAccountId)
            || string.IsNullOrWhiteSpace(profile.CloudSsoAccessConfig)
            || !Uri.TryCreate(profile.CloudSsoSignInUrl, UriKind.Absolute, out var signIn)
            || !Addresses.MayCarrySecrets(signIn))
        {
            throw new CredentialException(
                CredentialErrorCode.InvalidProfile,
                new LocalizableMessage("CloudSsoIncomplete", $"{stored.Where}: an https cloud_sso_sign_in_url, a cloud_sso_account_id and a cloud_sso_access_config are needed."));
        }

        var body = JsonSerializer.Serialize(
            new CloudSsoRequest { AccountId = profile.CloudSsoAccountId, AccessConfigurationId = profile.CloudSsoAccessConfig },
            SourceJson.Default.CloudSsoRequest);
        return Post(new Uri(signIn, "/cloud-credentials"), body);
    }

    private HttpRequestMessage OAuthRequest(CliProfile profile)
    {
        var site = profile.OAuthSiteType?.Trim().ToUpperInvariant() switch
        {
            "CN" => context.OAuthAddress ?? new Uri("https://oauth.aliyun.com"),
            "INTL" => context.OAuthAddress ?? new Uri("https://oauth.alibabacloud.com"),
            _ => throw new CredentialException(
                CredentialErrorCode.InvalidProfile, new LocalizableMessage("OAuthSite", $"{stored.Where}: oauth_site_type must be CN or INTL.")),
        };
        return Post(new Uri(site, "/v1/exchange"), "");
    }

    private static HttpRequestMessage Post(Uri address, string body) =>
        new(HttpMethod.Post, address) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private CredentialException SignInRequired() =>
        new(
            CredentialErrorCode.SignInRequired,
            new LocalizableMessage("SignInEnded", $"{stored.Where}: the {mode} sign-in has ended. Sign in again: aliyun configure --profile {stored.Name}"));

    private CredentialException Refused(IssuingResponse response) =>
        response.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? SignInRequired()
            : new CredentialException(CredentialErrorCode.InvalidResponse, new LocalizableMessage("SignInGaveNone", $"{stored.Where}: {mode} gave no credential ({response.ToString()})."))
            {
                IsTransient = response.IsOverloaded,
            };

    private Credential? Stored(CliProfile profile) =>
        CredentialFactory.FromSeconds(profile.StsExpiration) is { } end
        && !string.IsNullOrWhiteSpace(profile.AccessKeyId)
        && !string.IsNullOrWhiteSpace(profile.AccessKeySecret)
        && !string.IsNullOrWhiteSpace(profile.StsToken)
            ? CredentialFactory.CreateTemporary(
                profile.AccessKeyId, profile.AccessKeySecret, profile.StsToken, end, CredentialErrorCode.InvalidProfile, stored.Where)
            : null;
}
