using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// Settles doubts by sending the same request again: same nonce, same timestamp, same signature. If the first one
/// arrived, the gateway refuses the second; if it did not, the second is the first. It has no signer and no credential,
/// so it cannot do anything else.
/// </summary>
internal sealed class InDoubtResolver
{
    /// <summary>
    /// How long after the first sending a request may still be sent again. The gateway takes a timestamp, and remembers
    /// a nonce, for 15 minutes; clocks that differ, and time on the way, have five of them.
    /// </summary>
    internal static readonly TimeSpan SafeAge = TimeSpan.FromMinutes(10);

    private static readonly AttemptResult TooOld = new() { Kind = AttemptStatus.TooOld, Code = "TooOld" };

    private readonly ServiceTransport _transport;
    private readonly AdaptiveRateLimiter _rateLimiter;
    private readonly CancellationToken _inFlight;
    private readonly RetryPolicy _retries;

    internal InDoubtResolver(SenderOptions options, ServiceTransport transport, AdaptiveRateLimiter rateLimiter)
    {
        _transport = transport;
        _rateLimiter = rateLimiter;
        _inFlight = options.InFlight;
        _retries = new RetryPolicy(options, static end => end.Kind is AttemptStatus.Lost or AttemptStatus.NotConnected);
    }

    /// <summary>Settles the doubt that a lost answer left. The lost sending was the first try, so the first resend waits like a retry.</summary>
    internal Task<RowOutcome> ResolveAsync(InDoubtOperation doubt, AttemptStatistics statistics, CancellationToken cancellationToken) =>
        GoOnAsync(new AttemptResult { Kind = AttemptStatus.Lost, Code = doubt.Reason }, doubt, statistics, cancellationToken);

    /// <summary>Settles the doubt that an earlier run left: the request may never have left, so it is sent at once.</summary>
    internal async Task<RowOutcome> ResumeAsync(InDoubtOperation doubt, AttemptStatistics statistics, CancellationToken cancellationToken)
    {
        var first = await ResendAsync(doubt, statistics, cancellationToken).ConfigureAwait(false);
        return await GoOnAsync(first, doubt, statistics, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RowOutcome> GoOnAsync(AttemptResult first, InDoubtOperation doubt, AttemptStatistics statistics, CancellationToken cancellationToken) =>
        doubt.ResolveWith(
            await _retries.ContinueAsync(first, token => ResendAsync(doubt, statistics, token), cancellationToken).ConfigureAwait(false));

    private async ValueTask<AttemptResult> ResendAsync(InDoubtOperation doubt, AttemptStatistics statistics, CancellationToken cancellationToken)
    {
        await _rateLimiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (doubt.Age > SafeAge)
        {
            return TooOld;
        }

        statistics.Attempts++;
        var end = await _transport.SendAsync(doubt.Request, _inFlight).ConfigureAwait(false);
        if (end.Kind == AttemptStatus.Throttled)
        {
            _rateLimiter.Throttled(end.RetryAfter);
        }

        return end;
    }
}
