namespace IotCard.Client.Credentials.Resolution;

/// <summary>The places that a credential can come from: the official default chain, in its order.</summary>
internal enum CredentialSource
{
    /// <summary><c>ALIBABA_CLOUD_ACCESS_KEY_ID</c>, <c>_SECRET</c> and, for a temporary one, <c>ALIBABA_CLOUD_SECURITY_TOKEN</c>.</summary>
    Environment,

    /// <summary>A role assumed with an OIDC token, as in a Kubernetes pod: three <c>ALIBABA_CLOUD_…</c> variables.</summary>
    Oidc,

    /// <summary>A profile of the vendor's command line: <c>~/.aliyun/config.json</c>.</summary>
    CliProfile,

    /// <summary>A section of the SDKs' shared file: <c>~/.alibabacloud/credentials.ini</c> or <c>credentials</c>.</summary>
    IniProfile,

    /// <summary>The RAM role of the ECS instance, from its metadata service.</summary>
    EcsInstanceRole,

    /// <summary>A service named by <c>ALIBABA_CLOUD_CREDENTIALS_URI</c>.</summary>
    CredentialsUri,
}
