using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>One profile of <c>config.json</c>. Times are seconds since 1970 UTC; 0 or absent means unknown.</summary>
internal sealed class CliProfile
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("mode")]
    public string? Mode { get; init; }

    [JsonPropertyName("access_key_id")]
    public string? AccessKeyId { get; init; }

    [JsonPropertyName("access_key_secret")]
    public string? AccessKeySecret { get; init; }

    [JsonPropertyName("sts_token")]
    public string? StsToken { get; init; }

    [JsonPropertyName("sts_expiration")]
    public long? StsExpiration { get; init; }

    [JsonPropertyName("sts_region")]
    public string? StsRegion { get; init; }

    [JsonPropertyName("sts_endpoint")]
    public string? StsEndpoint { get; init; }

    [JsonPropertyName("enable_vpc")]
    public bool? EnableVpc { get; init; }

    [JsonPropertyName("ram_role_arn")]
    public string? RamRoleArn { get; init; }

    [JsonPropertyName("ram_role_name")]
    public string? RamRoleName { get; init; }

    [JsonPropertyName("ram_session_name")]
    public string? RamSessionName { get; init; }

    [JsonPropertyName("expired_seconds")]
    public int? ExpiredSeconds { get; init; }

    [JsonPropertyName("external_id")]
    public string? ExternalId { get; init; }

    [JsonPropertyName("policy")]
    public string? Policy { get; init; }

    [JsonPropertyName("source_profile")]
    public string? SourceProfile { get; init; }

    [JsonPropertyName("oidc_provider_arn")]
    public string? OidcProviderArn { get; init; }

    [JsonPropertyName("oidc_token_file")]
    public string? OidcTokenFile { get; init; }

    [JsonPropertyName("process_command")]
    public string? ProcessCommand { get; init; }

    [JsonPropertyName("credentials_uri")]
    public string? CredentialsUri { get; init; }

    [JsonPropertyName("private_key")]
    public string? PrivateKey { get; init; }

    [JsonPropertyName("key_pair_name")]
    public string? KeyPairName { get; init; }

    [JsonPropertyName("bearer_token")]
    public string? BearerToken { get; init; }

    [JsonPropertyName("cloud_sso_sign_in_url")]
    public string? CloudSsoSignInUrl { get; init; }

    [JsonPropertyName("cloud_sso_account_id")]
    public string? CloudSsoAccountId { get; init; }

    [JsonPropertyName("cloud_sso_access_config")]
    public string? CloudSsoAccessConfig { get; init; }

    [JsonPropertyName("access_token")]
    public string? CloudSsoAccessToken { get; init; }

    [JsonPropertyName("cloud_sso_access_token_expire")]
    public long? CloudSsoAccessTokenExpire { get; init; }

    [JsonPropertyName("oauth_site_type")]
    public string? OAuthSiteType { get; init; }

    [JsonPropertyName("oauth_access_token")]
    public string? OAuthAccessToken { get; init; }

    [JsonPropertyName("oauth_access_token_expire")]
    public long? OAuthAccessTokenExpire { get; init; }

    [JsonPropertyName("oauth_refresh_token")]
    public string? OAuthRefreshToken { get; init; }

    [JsonIgnore]
    internal bool HoldsSecret =>
        !string.IsNullOrEmpty(AccessKeySecret)
        || !string.IsNullOrEmpty(CloudSsoAccessToken)
        || !string.IsNullOrEmpty(OAuthAccessToken)
        || !string.IsNullOrEmpty(OAuthRefreshToken)
        || !string.IsNullOrEmpty(PrivateKey)
        || !string.IsNullOrEmpty(BearerToken);

    /// <summary>The profile's name and mode; never its contents.</summary>
    public override string ToString() => $"{Name} ({Mode})";
}
