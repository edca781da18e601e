namespace IotCard.Client.Credentials;

/// <summary>The names of the environment variables of the official libraries and of the vendor's command line.</summary>
internal static class EnvironmentVariables
{
    internal const string AccessKeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    internal const string AccessKeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    internal const string SecurityToken = "ALIBABA_CLOUD_SECURITY_TOKEN";
    internal const string RoleArn = "ALIBABA_CLOUD_ROLE_ARN";
    internal const string OidcProviderArn = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    internal const string OidcTokenFile = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";

    /// <summary>How the official variables begin.</summary>
    private const string Official = "ALIBABA_CLOUD_";

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
    internal const string IgnoreProfile = "ALIBABA_CLOUD_IGNORE_PROFILE";
    internal const string DisableExternalProcess = "ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS";
    internal const string SafetyPolicyEnabled = "ALIBABA_CLOUD_SAFETY_POLICY_ENABLED";
    internal const string SafetyPolicyRules = "ALIBABA_CLOUD_SAFETY_POLICY_RULES";
    internal const string SafetySkipConfirm = "ALIBABA_CLOUD_SAFETY_SKIP_CONFIRM";

    /// <summary>
    /// The beginnings of the variables of a key, in the order in which the command line reads them. The official
    /// libraries read the first only.
    /// </summary>
    private static readonly string[] KeyPrefixes = [Official, "ALIBABACLOUD_", "ALICLOUD_"];

    /// <summary>The spellings of a key's variables: those of one key have one beginning.</summary>
    internal static IReadOnlyList<KeyVariables> Keys { get; } =
        [.. KeyPrefixes.Select(static p => new KeyVariables(Respell(AccessKeyId, p), Respell(AccessKeySecret, p), Respell(SecurityToken, p)))];

    /// <summary>The spellings of the variable that names the profile, in the command line's order.</summary>
    internal static string[] Profiles { get; } = [Respell(Profile, "ALIBABACLOUD_"), Profile, Respell(Profile, "ALICLOUD_")];

    /// <summary>The spellings of the variable that switches <c>config.json</c> off.</summary>
    internal static string[] IgnoreProfiles { get; } = [IgnoreProfile, Respell(IgnoreProfile, "ALIBABACLOUD_")];

    /// <summary>The spellings of a variable for OIDC, in the command line's order.</summary>
    internal static string[] OidcSpellings(string official) => [Respell(official, "ALIBABACLOUD_"), official];

    private static string Respell(string official, string prefix) => prefix + official[Official.Length..];

    /// <summary>The variables of a key.</summary>
    internal sealed record KeyVariables(string Id, string Secret, string Token);
}
