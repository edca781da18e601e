using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>
/// What the search for a credential depends on: the clock, the environment, the home folder, the network. The
/// defaults are the real ones; a test hands in its own.
/// </summary>
internal sealed class CredentialContext
{
    /// <summary>The clock that expiries, renewals and time limits go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Looks an environment variable up, at the time it is needed, so that a change is seen.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The folder that <c>.aliyun</c> and <c>.alibabacloud</c> are in; empty where there is none.</summary>
    public string HomeDirectory { get; init; } =
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);

    /// <summary>
    /// Carries requests to STS, to the sign-in services and to a credentials URI; null for a shared one with the
    /// system's proxy. It is not disposed. It should not follow redirections: requests carry secrets.
    /// </summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Carries requests to the metadata service; null for a shared one that uses no proxy. It is not disposed.</summary>
    public HttpMessageHandler? MetadataTransport { get; init; }

    /// <summary>The base address of the ECS metadata service.</summary>
    public Uri MetadataAddress { get; init; } = new("http://100.100.100.200");

    /// <summary>The base address of STS for every region; null for the official <c>sts[.region].aliyuncs.com</c>.</summary>
    public Uri? StsAddress { get; init; }

    /// <summary>The base address that OAuth tokens are exchanged at; null for the official one of the profile's site.</summary>
    public Uri? OAuthAddress { get; init; }

    /// <summary>The time limit of one request to a service that issues credentials. The metadata probe has its own second.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time limit of the command of an External profile; 60 seconds as in the official libraries.</summary>
    public TimeSpan ExternalCommandTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gives the nonces of signed requests to STS.</summary>
    public INonceSource Nonces { get; init; } = new RandomNonceSource();

    /// <summary>A variable's value without surrounding blanks; null where it is unset or empty, which mean the same.</summary>
    internal string? Variable(string name) =>
        Environment(name) is { } value && value.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    internal bool IsTrue(string name) => string.Equals(Variable(name), "true", StringComparison.OrdinalIgnoreCase);
}
