using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>Where and how rows are sent.</summary>
public sealed record SenderOptions
{
    /// <summary>Scheme, host and port of the service.</summary>
    public Uri Endpoint { get; init; } = BindingApi.DefaultEndpoint;

    /// <summary>How requests are signed.</summary>
    public SignatureMethod SignatureMethod { get; init; } = SignatureMethod.Acs3HmacSha256;

    /// <summary>The channel id for every request; null to omit it.</summary>
    public string? MidChannelId { get; init; }

    /// <summary>The maximum number of requests in flight, 1 or more.</summary>
    public int MaximumInFlight { get; init; } = 5;

    /// <summary>
    /// How long rows wait for an unreachable service, and how long an in-doubt operation is resent; zero not to wait,
    /// and to resend an in-doubt operation <see cref="MaximumRetryCount"/> times.
    /// </summary>
    public TimeSpan OutageTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a row that gets no connection is retried, 0 or more. Throttling does not count as a failed attempt.</summary>
    public int MaximumRetryCount { get; init; } = 3;

    /// <summary>The maximum number of requests a second, 1 or more; null for no ceiling.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The clock for signing and measuring.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Abandons requests in flight. Until then, responses are awaited even when no new request may be sent, because a
    /// known outcome is better than an unknown one.
    /// </summary>
    public CancellationToken InFlight { get; init; }

    /// <summary>The source of nonces.</summary>
    internal INonceSource Nonces { get; init; } = new RandomNonceSource();

    /// <summary>Returns numbers from 0 up to 1 to vary delays, so that clients that failed together do not retry together.</summary>
    public Func<double> Jitter { get; init; } = SystemJitter;

#if NET
    private static double SystemJitter() => Random.Shared.NextDouble();
#else
    [ThreadStatic]
    private static Random? _random;

    private static double SystemJitter() => (_random ??= new Random(Guid.NewGuid().GetHashCode())).NextDouble();
#endif
}
