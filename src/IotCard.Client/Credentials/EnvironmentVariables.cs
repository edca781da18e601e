namespace IotCard.Client.Credentials;

/// <summary>The names of the official environment variables.</summary>
internal static class EnvironmentVariables
{
    internal const string AccessKeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    internal const string AccessKeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    internal const string SecurityToken = "ALIBABA_CLOUD_SECURITY_TOKEN";
    internal const string RoleArn = "ALIBABA_CLOUD_ROLE_ARN";
    internal const string OidcProviderArn = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    internal const string OidcTokenFile = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    internal const string RoleSessionName = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
    internal const string StsRegion = "ALIBABA_CLOUD_STS_REGION";
    internal const string VpcEndpointEnabled = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
    internal const string Profile = "ALIBABA_CLOUD_PROFILE";
    internal const string ConfigFile = "ALIBABA_CLOUD_CONFIG_FILE";
    internal const string CliProfileDisabled = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
    internal const string CredentialsFile = "ALIBABA_CLOUD_CREDENTIALS_FILE";
    internal const string EcsMetadata = "ALIBABA_CLOUD_ECS_METADATA";
    internal const string EcsMetadataDisabled = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    internal const string ImdsV1Disabled = "ALIBABA_CLOUD_IMDSV1_DISABLED";
    internal const string CredentialsUri = "ALIBABA_CLOUD_CREDENTIALS_URI";
}
