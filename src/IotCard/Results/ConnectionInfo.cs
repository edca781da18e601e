using System.Management.Automation;
using IotCard.Client.Sanitizing;

namespace IotCard;

/// <summary>Whether the service can be reached and accepts the credential. It contains no secret.</summary>
public sealed class ConnectionInfo
{
    private readonly TimeSpan _latency;
    private readonly TimeSpan _clockOffset;

    internal ConnectionInfo(Uri endpoint, string credentialSource, string accessKeyId, TimeSpan latency, TimeSpan clockOffset)
    {
        _latency = latency;
        _clockOffset = clockOffset;
        Endpoint = endpoint;
        CredentialSource = SafeText.Clean(credentialSource);
        AccessKeyId = SafeText.Clean(accessKeyId);
    }

    /// <summary>Scheme, host and port of the service.</summary>
    public Uri Endpoint { get; }

    /// <summary>Where the credential was found.</summary>
    public string CredentialSource { get; }

    /// <summary>The AccessKey ID, its middle masked.</summary>
    public string AccessKeyId { get; }

    /// <summary>Whether gateway and service accepted the signed request.</summary>
    public bool IsAccepted { get; internal init; }

    /// <summary><c>OK</c>, or the code of what went wrong.</summary>
    public string Code { get; internal init => field = SafeText.CleanCell(value)!; } = string.Empty;

    /// <summary>What went wrong, as text.</summary>
    public string? Message { get; internal init => field = SafeText.CleanCell(value); }

    /// <summary>How long the call took, including connecting, in seconds to the millisecond: a <see cref="double"/>.</summary>
    public PSObject Latency => PortableValue.Seconds(_latency);

    /// <summary>How far the gateway's clock is ahead of this machine's, in seconds, as far as known: a <see cref="double"/>.</summary>
    public PSObject ClockOffset => PortableValue.Seconds(_clockOffset);

    /// <summary>The request's id, for support tickets.</summary>
    public string? RequestId { get; internal init => field = SafeText.CleanCell(value); }

    /// <summary>The endpoint and the code.</summary>
    /// <returns>Such as <c>https://dyiotapi.aliyuncs.com/ OK</c>.</returns>
    public override string ToString() => $"{Endpoint} {Code}";
}
