using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// Performs operations, each at most once in effect. As long as nothing can have been executed, a row is signed anew
/// for every attempt; once a response was lost, it becomes an <see cref="InDoubtOperation"/> and never returns to this
/// class. Every row gets an outcome, even if it is stopped. Safe for concurrent use.
/// </summary>
public sealed class OperationSender : IDisposable
{
    private readonly SenderOptions _options;
    private readonly BindingApi _api;
    private readonly RequestSender _requests;
    private readonly InDoubtResolver _resolver;

    /// <summary>Creates a sender.</summary>
    /// <param name="options">Where and how to send.</param>
    /// <param name="credentials">Provides the credential.</param>
    /// <param name="transport">Sends the requests; its owner disposes it.</param>
    public OperationSender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport)
    {
        ArgumentNullException.ThrowIfNull(options);

        _options = options;
        _api = new BindingApi(options.Endpoint, options.MidChannelId);
        _requests = new RequestSender(options, credentials, transport);
        _resolver = new InDoubtResolver(options, transport, Circuit, RateLimiter);
    }

    /// <summary>The gateway's time, by its known difference from this machine's.</summary>
    internal ServerClock Clock => _requests.Clock;

    /// <summary>The rate limiter shared by all rows.</summary>
    internal AdaptiveRateLimiter RateLimiter => _requests.RateLimiter;

    /// <summary>Limits the requests in flight, and waits during an outage.</summary>
    internal ServiceCircuit Circuit => _requests.Circuit;

    /// <summary>Signs and sends the requests.</summary>
    internal RequestSender Requests => _requests;

    internal DateTimeOffset Now => _options.Clock.GetUtcNow();

    /// <summary>Performs a row's operation.</summary>
    /// <param name="row">A row that has passed <see cref="RowCheck"/>.</param>
    /// <param name="record">Records each request before it is sent; null for no record.</param>
    /// <param name="stop">Prevents further requests; the response to a request in flight still counts.</param>
    /// <param name="yieldPlace">Called before each pause, because a row that waits holds no place in flight; may be null.</param>
    /// <returns>The outcome.</returns>
    /// <exception cref="Exception">Nothing was executed: something failed before a request left, such as signing or recording it.</exception>
    internal async Task<RowOutcome> SendAsync(BindingRow row, IRowRecord? record, CancellationToken stop, Action? yieldPlace = null)
    {
        var statistics = new AttemptStatistics(_options.Clock);
        var context = new SendContext(_api.ToCall(row), ResponseFormat.Binding, statistics) { Record = record };
        var result = await _requests.SendAsync(context, yieldPlace, stop).ConfigureAwait(false);
        if (AttemptRules.AfterNewRequest(result) != AttemptStep.Resolve)
        {
            return statistics.Complete(AttemptRules.Conclude(row, result));
        }

        var operation = new InDoubtOperation(
            row, context.Request!, result.Code, _options.Clock, age: _options.Clock.GetElapsedTime(context.SentAt));
        return statistics.Complete(
            await _resolver.ResolveAsync(operation, isFirstTry: false, statistics, yieldPlace, stop).ConfigureAwait(false));
    }

    /// <summary>
    /// Resolves a row that an earlier run left in doubt, by resending the request that it recorded, byte for byte. If
    /// that is no longer safe or possible, nothing is sent and the outcome is Unknown, with the reason.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="intent">What the earlier run recorded before sending.</param>
    /// <param name="stop">Prevents further requests; the response to a request in flight still counts.</param>
    /// <param name="yieldPlace">Called before each pause, because a row that waits holds no place in flight; may be null.</param>
    /// <returns>The outcome.</returns>
    internal async Task<RowOutcome> ResumeAsync(BindingRow row, RecordedIntent intent, CancellationToken stop, Action? yieldPlace = null)
    {
        ArgumentNullException.ThrowIfNull(intent);

        var statistics = new AttemptStatistics(_options.Clock);

        // The request was signed with the clock offset that the earlier run had learned.
        if (Clock.Offset == TimeSpan.Zero && intent.ClockOffset != TimeSpan.Zero)
        {
            Clock.TrySet(intent.ClockOffset);
        }

        var age = (Clock.Now - intent.Timestamp).Duration();
        if (!DoubtRules.MayResend(age))
        {
            return statistics.Complete(RowOutcome.Unknown(row, OutcomeCode.Interrupted));
        }

        var (request, reason) = await _requests.TryRebuildAsync(_api.ToCall(row), intent, stop).ConfigureAwait(false);
        if (request is null)
        {
            // A later run may still resend it.
            return statistics.Complete(RowOutcome.Unknown(row, reason) with { MayBeResent = true });
        }

        var operation = new InDoubtOperation(row, request, OutcomeCode.Interrupted, _options.Clock, age);
        return statistics.Complete(
            await _resolver.ResolveAsync(operation, isFirstTry: true, statistics, yieldPlace, stop).ConfigureAwait(false));
    }

    /// <summary>Disposes the circuit's timer.</summary>
    public void Dispose() => _requests.Dispose();
}
