using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>Where and how rows are sent.</summary>
public sealed class SenderOptions
{
    /// <summary>Scheme, host and port of the service.</summary>
    public Uri Endpoint { get; init; } = BindingApi.DefaultEndpoint;

    /// <summary>How requests are signed.</summary>
    public SignatureMethod SignatureMethod { get; init; } = SignatureMethod.Acs3HmacSha256;

    /// <summary>The channel id that every request carries; null to leave it out.</summary>
    public string? MidChannelId { get; init; }

    /// <summary>Gives the time that is signed and measured.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gives the nonces.</summary>
    public INonceSource Nonces { get; init; } = new RandomNonceSource();
}
