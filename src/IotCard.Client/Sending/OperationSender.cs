using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// Carries rows out, each at most once in effect. As long as nothing of a row can have been executed, it is signed anew
/// for every try; once a response was lost, the row is an <see cref="InDoubtOperation"/> and leaves this class for good.
/// Every row gets an outcome, also where it is stopped. Safe for concurrent use.
/// </summary>
public sealed class OperationSender : IDisposable
{
    private readonly SenderOptions _options;
    private readonly BindingApi _api;
    private readonly RequestSender _requests;
    private readonly InDoubtResolver _resolver;

    /// <summary>Makes a sender.</summary>
    /// <param name="options">Where and how to send.</param>
    /// <param name="credentials">Whose requests they are.</param>
    /// <param name="transport">What sends them; its owner disposes it.</param>
    public OperationSender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport)
    {
        ArgumentNullException.ThrowIfNull(options);

        _options = options;
        _api = new BindingApi(options.Endpoint, options.MidChannelId);
        _requests = new RequestSender(options, credentials, transport);
        _resolver = new InDoubtResolver(options, transport, Circuit, RateLimiter);
    }

    /// <summary>The gateway's time, as far as it differs from this machine's.</summary>
    public ServerClock Clock => _requests.Clock;

    /// <summary>The rate that all rows share.</summary>
    public AdaptiveRateLimiter RateLimiter => _requests.RateLimiter;

    /// <summary>Whether the service is within reach, and how many requests may be in flight.</summary>
    public ServiceCircuit Circuit => _requests.Circuit;

    /// <summary>What signs and sends.</summary>
    internal RequestSender Requests => _requests;

    internal DateTimeOffset Now => _options.Clock.GetUtcNow();

    /// <summary>Carries a row out.</summary>
    /// <param name="row">A row that <see cref="RowCheck"/> found no fault with.</param>
    /// <param name="intents">Records each request before it leaves; null where nobody needs to know.</param>
    /// <param name="stop">Lets no further request leave; the response to one in flight still counts.</param>
    /// <param name="yieldPlace">Called before each pause, since a row that waits holds no place in flight; null where nobody needs to know.</param>
    /// <returns>What became of the row.</returns>
    public async Task<RowOutcome> SendAsync(BindingRow row, IIntentLog? intents, CancellationToken stop, Action? yieldPlace = null)
    {
        var statistics = new AttemptStatistics(_options.Clock);
        var context = new SendContext(_api.ToCall(row), ResponseFormat.Binding, statistics) { Intents = intents };
        var result = await _requests.SendAsync(context, yieldPlace, stop).ConfigureAwait(false);
        if (result.Status != AttemptStatus.Lost)
        {
            return statistics.Complete(RowOutcome.From(row, result));
        }

        _requests.NoteResend();
        var operation = new InDoubtOperation(
            row, context.Request!, result.Code, _options.Clock, age: _options.Clock.GetElapsedTime(context.SentAt));
        return statistics.Complete(
            await _resolver.ResolveAsync(operation, isFirstTry: false, statistics, yieldPlace, stop).ConfigureAwait(false));
    }

    /// <summary>
    /// Resolves a row that an earlier run left in doubt, by sending the request that it had recorded, the same to the
    /// letter. Where that is no longer safe, or not possible, nothing is sent and the outcome is unknown.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="intent">What the earlier run recorded before it sent.</param>
    /// <param name="stop">Lets no further request leave; the response to one in flight still counts.</param>
    /// <param name="yieldPlace">Called before each pause, since a row that waits holds no place in flight; null where nobody needs to know.</param>
    /// <returns>What became of the row.</returns>
    public async Task<RowOutcome> ResumeAsync(BindingRow row, RecordedIntent intent, CancellationToken stop, Action? yieldPlace = null)
    {
        ArgumentNullException.ThrowIfNull(intent);

        var statistics = new AttemptStatistics(_options.Clock);

        // What an earlier run had learnt of the gateway's clock is what its request was signed with.
        if (Clock.Offset == TimeSpan.Zero && intent.ClockOffset != TimeSpan.Zero)
        {
            Clock.TrySet(intent.ClockOffset);
        }

        var age = (Clock.Now - intent.Timestamp).Duration();
        if (age > RetryPolicy.SafeAge || await _requests.TryRebuildAsync(_api.ToCall(row), intent, stop).ConfigureAwait(false) is not { } request)
        {
            // Stopped, or with another key: a later run may still send it again.
            return statistics.Complete(RowOutcome.Unknown(row, OutcomeCode.Interrupted) with { MayBeResent = age <= RetryPolicy.SafeAge });
        }

        _requests.NoteResend();
        var operation = new InDoubtOperation(row, request, OutcomeCode.Interrupted, _options.Clock, age);
        return statistics.Complete(
            await _resolver.ResolveAsync(operation, isFirstTry: true, statistics, yieldPlace, stop).ConfigureAwait(false));
    }

    /// <summary>Frees the timers of the rate limiter and the circuit.</summary>
    public void Dispose() => _requests.Dispose();
}
