using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>
/// What the search for a credential depends on: clock, environment, home folder, network. The defaults are the real
/// ones; tests pass their own.
/// </summary>
internal sealed class CredentialContext
{
    /// <summary>The clock for expirations, renewals and timeouts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable. Called each time, so that a change takes effect.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The parent folder of <c>.aliyun</c> and <c>.alibabacloud</c>; empty if there is none.</summary>
    public string HomeDirectory { get; init; } = HomeFolder.Find(
        System.Environment.GetEnvironmentVariable,
        System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile),
        OperatingSystem.IsWindows());

    /// <summary>
    /// Sends requests to STS, to the sign-in services and to a credentials URI; null for a shared handler with the
    /// system's proxy. It is not disposed. It should not follow redirects, because requests carry secrets.
    /// </summary>
    public HttpMessageHandler? Transport { get; init; }

    /// <summary>Sends requests to the metadata service; null for a shared handler without a proxy. It is not disposed.</summary>
    public HttpMessageHandler? MetadataTransport { get; init; }

    /// <summary>The base address of the ECS metadata service.</summary>
    public Uri MetadataAddress { get; init; } = new("http://100.100.100.200");

    /// <summary>The base address of STS for every region; null for the official <c>sts[.region].aliyuncs.com</c>.</summary>
    public Uri? StsAddress { get; init; }

    /// <summary>The base address for exchanging OAuth tokens; null for the official one of the profile's site.</summary>
    public Uri? OAuthAddress { get; init; }

    /// <summary>The timeout of a single request to a service that issues credentials. The metadata probe has its own, one second.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The timeout of an External profile's command; 60 seconds, as in the official libraries.</summary>
    public TimeSpan ExternalCommandTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The source of nonces for signed requests to STS.</summary>
    public INonceSource Nonces { get; init; } = new RandomNonceSource();

    /// <summary>A variable's value without surrounding blanks; null if it is unset or empty, which mean the same.</summary>
    internal string? Variable(string name) =>
        Environment(name) is { } value && value.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    /// <summary>The first of several variables that is set, and its value; null if none is.</summary>
    internal KeyValuePair<string, string>? FirstVariable(params string[] names) =>
        Array.Find(names, n => Variable(n) is not null) is { } name ? new(name, Variable(name)!) : null;

    /// <summary>Whether a variable switches something off for everybody. What is neither true nor false never counts as unset.</summary>
    /// <exception cref="CredentialException"><c>InvalidPolicy</c>: the value is neither true nor false.</exception>
    internal bool IsSwitchedOn(string name) => Variable(name)?.ToUpperInvariant() switch
    {
        null or "0" or "FALSE" => false,
        "1" or "TRUE" => true,
        _ => throw new CredentialException(CredentialErrorCode.InvalidPolicy, new LocalizableMessage("NeitherTrueNorFalse", $"{name} is neither true nor false.")),
    };

    internal bool IsTrue(string name) => string.Equals(Variable(name), "true", StringComparison.OrdinalIgnoreCase);
}
