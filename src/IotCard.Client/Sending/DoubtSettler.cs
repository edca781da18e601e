using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// Settles doubts by sending the same request again: same nonce, same timestamp, same signature. If the first one
/// arrived, the gateway refuses the second; if it did not, the second is the first. It has no signer and no credential,
/// so it cannot do anything else.
/// </summary>
internal sealed class DoubtSettler
{
    /// <summary>
    /// How long after the first sending a request may still be sent again. The gateway takes a timestamp, and remembers
    /// a nonce, for 15 minutes; clocks that differ, and time on the way, have five of them.
    /// </summary>
    internal static readonly TimeSpan SafeAge = TimeSpan.FromMinutes(10);

    private static readonly AttemptEnd TooOld = new() { Kind = AttemptEndKind.TooOld, Code = "TooOld" };

    private readonly ServiceTransport _transport;
    private readonly SendingPace _pace;
    private readonly CancellationToken _inFlight;
    private readonly RetryRules _retries;

    internal DoubtSettler(SenderOptions options, ServiceTransport transport, SendingPace pace)
    {
        _transport = transport;
        _pace = pace;
        _inFlight = options.InFlight;
        _retries = new RetryRules(options, static end => end.Kind is AttemptEndKind.Lost or AttemptEndKind.NotConnected);
    }

    /// <summary>Settles the doubt that a lost answer left. The lost sending was the first try, so the first resend waits like a retry.</summary>
    internal Task<RowOutcome> SettleAsync(Doubt doubt, Tally tally, CancellationToken cancellationToken) =>
        GoOnAsync(new AttemptEnd { Kind = AttemptEndKind.Lost, Code = doubt.Reason }, doubt, tally, cancellationToken);

    /// <summary>Settles the doubt that an earlier run left: the request may never have left, so it is sent at once.</summary>
    internal async Task<RowOutcome> ResumeAsync(Doubt doubt, Tally tally, CancellationToken cancellationToken)
    {
        var first = await ResendAsync(doubt, tally, cancellationToken).ConfigureAwait(false);
        return await GoOnAsync(first, doubt, tally, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RowOutcome> GoOnAsync(AttemptEnd first, Doubt doubt, Tally tally, CancellationToken cancellationToken) =>
        doubt.SettledBy(
            await _retries.ContinueAsync(first, token => ResendAsync(doubt, tally, token), cancellationToken).ConfigureAwait(false));

    private async ValueTask<AttemptEnd> ResendAsync(Doubt doubt, Tally tally, CancellationToken cancellationToken)
    {
        await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (doubt.Age > SafeAge)
        {
            return TooOld;
        }

        tally.Attempts++;
        var end = await _transport.SendAsync(doubt.Request, _inFlight).ConfigureAwait(false);
        if (end.Kind == AttemptEndKind.Throttled)
        {
            _pace.Throttled(end.RetryAfter);
        }

        return end;
    }
}
