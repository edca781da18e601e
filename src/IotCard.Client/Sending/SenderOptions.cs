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

    /// <summary>How many requests may be in flight at once, 1 or more.</summary>
    public int MaximumInFlight { get; init; } = 5;

    /// <summary>
    /// How long rows wait for a service that is out of reach, and how long a row in doubt is sent again; zero to wait for
    /// nothing, and to send a row in doubt again <see cref="MaximumRetryCount"/> times.
    /// </summary>
    public TimeSpan OutageTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a row that gets no connection is tried again, 0 or more. Being told to wait is no failed try.</summary>
    public int MaximumRetryCount { get; init; } = 3;

    /// <summary>The most requests a second, 1 or more; null for no ceiling.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Gives the time that is signed and measured.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Gives up requests in flight. Until then a response is awaited even when no new request is to leave any more: what
    /// was sent is better known than not.
    /// </summary>
    public CancellationToken InFlight { get; init; }

    /// <summary>Gives the nonces.</summary>
    public INonceSource Nonces { get; init; } = new RandomNonceSource();

    /// <summary>Gives numbers from 0 up to 1, by which waits are varied, so that clients that failed together do not come back together.</summary>
    public Func<double> Jitter { get; init; } = SystemJitter;

#if NET
    private static double SystemJitter() => Random.Shared.NextDouble();
#else
    [ThreadStatic]
    private static Random? _random;

    private static double SystemJitter() => (_random ??= new Random(Guid.NewGuid().GetHashCode())).NextDouble();
#endif
}
