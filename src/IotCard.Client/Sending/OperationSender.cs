using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// Carries rows out, each at most once in effect. As long as nothing of a row can have been executed, it is signed anew
/// for every try; once an answer was lost, the row is a <see cref="InDoubtOperation"/> and leaves this class for good. Safe for
/// concurrent use.
/// </summary>
public sealed class OperationSender : IDisposable
{
    private readonly SenderOptions _options;
    private readonly BindingApi _api;
    private readonly ICredentialProvider _credentials;
    private readonly ServiceTransport _transport;
    private readonly RequestSigner _signer;
    private readonly InDoubtResolver _settler;
    private readonly RetryPolicy _retries;

    /// <summary>Makes a sender.</summary>
    /// <param name="options">Where and how to send.</param>
    /// <param name="credentials">Whose requests they are.</param>
    /// <param name="transport">What sends them; its owner disposes it.</param>
    public OperationSender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport)
    {
        ArgumentNullException.ThrowIfNull(options);

        _options = options;
        _api = new BindingApi(options.Endpoint, options.MidChannelId);
        _credentials = credentials;
        _transport = transport;
        _signer = new RequestSigner(options.SignatureMethod);
        Clock = new ServerClock(options.Clock);
        RateLimiter = new AdaptiveRateLimiter(options.Clock, options.RequestsPerSecond);
        _settler = new InDoubtResolver(options, transport, RateLimiter);
        _retries = new RetryPolicy(options, static end => end.Kind == AttemptStatus.NotConnected);
    }

    /// <summary>The gateway's time, as far as it differs from this machine's.</summary>
    public ServerClock Clock { get; }

    /// <summary>The rateLimiter that all rows share.</summary>
    public AdaptiveRateLimiter RateLimiter { get; }

    internal DateTimeOffset Now => _options.Clock.GetUtcNow();

    /// <summary>Carries a row out.</summary>
    /// <param name="row">A row that <see cref="RowCheck"/> found no fault with.</param>
    /// <param name="intents">Hears of each request before it leaves; null where nobody needs to know.</param>
    /// <param name="cancellationToken">Lets no further request leave; the answer to one in flight still counts.</param>
    /// <returns>What became of the row.</returns>
    /// <exception cref="OperationCanceledException">It was given up before its end was known.</exception>
    public async Task<RowOutcome> SendAsync(BindingRow row, IIntentLog? intents, CancellationToken cancellationToken)
    {
        var statistics = new AttemptStatistics(_options.Clock);
        var context = new SendContext(_api.ToCall(row), intents, statistics);
        var end = await TryAsync(context, cancellationToken).ConfigureAwait(false);
        if (_retries.CallsForMore(end))
        {
            end = await TryAgainAsync(end, context, cancellationToken).ConfigureAwait(false);
        }

        if (end.Kind != AttemptStatus.Lost)
        {
            return statistics.Complete(RowVerdict.Of(row, end));
        }

        var doubt = new InDoubtOperation(row, context.Request!, end.Code, _options.Clock, age: _options.Clock.GetElapsedTime(context.SentAt));
        return statistics.Complete(await _settler.ResolveAsync(doubt, statistics, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Settles a row that an earlier run left in doubt, by sending the request that it had recorded, the same to the
    /// letter. Where that is no longer safe, or not possible, nothing is sent and the outcome is unknown.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="intent">What the earlier run recorded before it sent.</param>
    /// <param name="cancellationToken">Lets no further request leave; the answer to one in flight still counts.</param>
    /// <returns>What became of the row.</returns>
    /// <exception cref="OperationCanceledException">It was given up before its end was known.</exception>
    public async Task<RowOutcome> ResumeAsync(BindingRow row, RecordedIntent intent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intent);

        var statistics = new AttemptStatistics(_options.Clock);
        var age = (Clock.Now - intent.Timestamp).Duration();
        if (age > InDoubtResolver.SafeAge || await TryRebuildAsync(row, intent, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return statistics.Complete(RowOutcome.Unknown(row, OutcomeCode.Interrupted));
        }

        var doubt = new InDoubtOperation(row, request, OutcomeCode.Interrupted, _options.Clock, age);
        return statistics.Complete(await _settler.ResumeAsync(doubt, statistics, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Frees the rateLimiter's timer.</summary>
    public void Dispose() => RateLimiter.Dispose();

    private async Task<SignedRequest?> TryRebuildAsync(BindingRow row, RecordedIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            var request = _signer.Sign(_api.ToCall(row), credential, intent.Nonce, intent.Timestamp);
            return intent.IsOf(request, credential.AccessKeyId) ? request : null;
        }
        catch (CredentialException)
        {
            return null;
        }
    }

    private ValueTask<AttemptResult> TryAgainAsync(AttemptResult first, SendContext context, CancellationToken cancellationToken) =>
        _retries.ContinueAsync(first, token => TryAsync(context, token), cancellationToken);

    /// <summary>Tries once; a refused timestamp and a refused token are each mended once, and signed anew.</summary>
    private async ValueTask<AttemptResult> TryAsync(SendContext context, CancellationToken cancellationToken)
    {
        try
        {
            var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var request = await SignAsync(context, credential, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                context.Leave(request, _options.Clock.GetTimestamp());
                var end = await _transport.SendAsync(request, _options.InFlight).ConfigureAwait(false);
                switch (end.Kind)
                {
                    case AttemptStatus.Throttled:
                        RateLimiter.Throttled(end.RetryAfter);
                        return end;
                    case AttemptStatus.ClockRefused when !context.ClockCorrected && end.ServerTime is { } serverTime:
                        context.ClockCorrected = true;
                        Clock.Learn(serverTime);
                        continue;
                    case AttemptStatus.TokenExpired when !context.TokenRefreshed:
                        context.TokenRefreshed = true;
                        if (await _credentials.RenewAsync(credential, cancellationToken).ConfigureAwait(false) is { } renewed)
                        {
                            credential = renewed;
                            continue;
                        }

                        return end;
                    default:
                        return end;
                }
            }
        }
        catch (CredentialException failure)
        {
            return new AttemptResult { Kind = AttemptStatus.Fatal, Code = failure.Code, Cause = failure };
        }
    }

    /// <summary>Waits until the next request may leave, signs it, and records that it is about to leave.</summary>
    private async ValueTask<SignedRequest> SignAsync(SendContext context, Credential credential, CancellationToken cancellationToken)
    {
        await RateLimiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var request = _signer.Sign(context.Call, credential, _options.Nonces.Next(), Clock.Now);
        if (context.Intents is { } intents)
        {
            await intents.RecordAsync(request, credential.AccessKeyId, cancellationToken).ConfigureAwait(false);
        }

        return request;
    }

    /// <summary>A row on its way, for as long as nothing of it can have been executed.</summary>
    private sealed class SendContext(ApiRequest call, IIntentLog? intents, AttemptStatistics statistics)
    {
        internal ApiRequest Call { get; } = call;

        internal IIntentLog? Intents { get; } = intents;

        internal AttemptStatistics AttemptStatistics { get; } = statistics;

        /// <summary>The request that was sent last.</summary>
        internal SignedRequest? Request { get; private set; }

        /// <summary>When it was sent, by the clock's timestamps.</summary>
        internal long SentAt { get; private set; }

        internal bool ClockCorrected { get; set; }

        internal bool TokenRefreshed { get; set; }

        /// <summary>Notes that a request leaves.</summary>
        internal void Leave(SignedRequest request, long now)
        {
            Request = request;
            SentAt = now;
            AttemptStatistics.Attempts++;
        }
    }
}
