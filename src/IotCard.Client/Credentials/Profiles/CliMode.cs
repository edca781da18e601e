namespace IotCard.Client.Credentials.Profiles;

/// <summary>The modes of the profiles in <c>config.json</c>. They are case-sensitive, as in the official libraries.</summary>
internal static class CliMode
{
    internal const string AccessKey = "AK";
    internal const string StsToken = "StsToken";
    internal const string RamRoleArn = "RamRoleArn";
    internal const string ChainableRamRoleArn = "ChainableRamRoleArn";
    internal const string EcsRamRole = "EcsRamRole";
    internal const string Oidc = "OIDC";
    internal const string External = "External";
    internal const string CloudSso = "CloudSSO";
    internal const string OAuth = "OAuth";
    internal const string CredentialsUri = "CredentialsURI";
    internal const string BearerToken = "BearerToken";
    internal const string Anonymous = "Anonymous";
    internal const string RamRoleArnWithRoleName = "RamRoleArnWithRoleName";
    internal const string RsaKeyPair = "RsaKeyPair";

    private static readonly string[] All =
    [
        AccessKey, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, Oidc, External, CloudSso, OAuth, CredentialsUri,
        BearerToken, Anonymous, RamRoleArnWithRoleName, RsaKeyPair,
    ];

    /// <summary>The mode of a profile. Without one, it is inferred from what else the profile has, as the command line does; null if that says nothing.</summary>
    internal static string? Of(CliProfile profile) =>
        !string.IsNullOrEmpty(profile.Mode) ? profile.Mode
        : Has(profile.AccessKeyId) && Has(profile.AccessKeySecret) ? Has(profile.StsToken) ? StsToken : Has(profile.RamRoleArn) ? RamRoleArn : AccessKey
        : Has(profile.PrivateKey) && Has(profile.KeyPairName) ? RsaKeyPair
        : Has(profile.RamRoleName) ? EcsRamRole
        : Has(profile.ProcessCommand) ? External
        : Has(profile.OidcProviderArn) && Has(profile.OidcTokenFile) && Has(profile.RamRoleArn) ? Oidc
        : Has(profile.CloudSsoSignInUrl) ? CloudSso
        : Has(profile.BearerToken) ? BearerToken
        : null;

    /// <summary>The mode that a misspelt one is meant to be; null if it is none in any case.</summary>
    internal static string? FindMeant(string mode) => All.FirstOrDefault(m => string.Equals(m, mode, StringComparison.OrdinalIgnoreCase));

    private static bool Has(string? value) => !string.IsNullOrEmpty(value);
}
