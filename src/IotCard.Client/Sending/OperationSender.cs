using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// Carries rows out, each at most once in effect. As long as nothing of a row can have been executed, it is signed anew
/// for every try; once an answer was lost, the row is a <see cref="Doubt"/> and leaves this class for good. Safe for
/// concurrent use.
/// </summary>
public sealed class OperationSender : IDisposable
{
    private readonly SenderOptions _options;
    private readonly BindingApi _api;
    private readonly ICredentialProvider _credentials;
    private readonly ServiceTransport _transport;
    private readonly RequestSigner _signer;
    private readonly DoubtSettler _settler;
    private readonly RetryRules _retries;

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
        Pace = new SendingPace(options.Clock, options.RequestsPerSecond);
        _settler = new DoubtSettler(options, transport, Pace);
        _retries = new RetryRules(options, static end => end.Kind == AttemptEndKind.NotConnected);
    }

    /// <summary>The gateway's time, as far as it differs from this machine's.</summary>
    public ServerClock Clock { get; }

    /// <summary>The pace that all rows share.</summary>
    public SendingPace Pace { get; }

    internal DateTimeOffset Now => _options.Clock.GetUtcNow();

    /// <summary>Carries a row out.</summary>
    /// <param name="row">A row that <see cref="RowCheck"/> found no fault with.</param>
    /// <param name="intents">Hears of each request before it leaves; null where nobody needs to know.</param>
    /// <param name="cancellationToken">Lets no further request leave; the answer to one in flight still counts.</param>
    /// <returns>What became of the row.</returns>
    /// <exception cref="OperationCanceledException">It was given up before its end was known.</exception>
    public async Task<RowOutcome> SendAsync(BindingRow row, IIntentLog? intents, CancellationToken cancellationToken)
    {
        var tally = new Tally(_options.Clock);
        var passage = new Passage(_api.ToCall(row), intents, tally);
        var end = await TryAsync(passage, cancellationToken).ConfigureAwait(false);
        if (_retries.CallsForMore(end))
        {
            end = await TryAgainAsync(end, passage, cancellationToken).ConfigureAwait(false);
        }

        if (end.Kind != AttemptEndKind.Lost)
        {
            return tally.Complete(RowVerdict.Of(row, end));
        }

        var doubt = new Doubt(row, passage.Request!, end.Code, _options.Clock, age: _options.Clock.GetElapsedTime(passage.SentAt));
        return tally.Complete(await _settler.SettleAsync(doubt, tally, cancellationToken).ConfigureAwait(false));
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

        var tally = new Tally(_options.Clock);
        var age = (Clock.Now - intent.Timestamp).Duration();
        if (age > DoubtSettler.SafeAge || await TryRebuildAsync(row, intent, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return tally.Complete(RowOutcome.Unknown(row, OutcomeCode.Interrupted));
        }

        var doubt = new Doubt(row, request, OutcomeCode.Interrupted, _options.Clock, age);
        return tally.Complete(await _settler.ResumeAsync(doubt, tally, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Frees the pace's timer.</summary>
    public void Dispose() => Pace.Dispose();

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

    private ValueTask<AttemptEnd> TryAgainAsync(AttemptEnd first, Passage passage, CancellationToken cancellationToken) =>
        _retries.ContinueAsync(first, token => TryAsync(passage, token), cancellationToken);

    /// <summary>Tries once; a refused timestamp and a refused token are each mended once, and signed anew.</summary>
    private async ValueTask<AttemptEnd> TryAsync(Passage passage, CancellationToken cancellationToken)
    {
        try
        {
            var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                var request = await SignAsync(passage, credential, cancellationToken).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                passage.Leave(request, _options.Clock.GetTimestamp());
                var end = await _transport.SendAsync(request, _options.InFlight).ConfigureAwait(false);
                switch (end.Kind)
                {
                    case AttemptEndKind.Throttled:
                        Pace.Throttled(end.RetryAfter);
                        return end;
                    case AttemptEndKind.ClockRefused when !passage.ClockMended && end.ServerTime is { } serverTime:
                        passage.ClockMended = true;
                        Clock.Learn(serverTime);
                        continue;
                    case AttemptEndKind.TokenExpired when !passage.TokenMended:
                        passage.TokenMended = true;
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
            return new AttemptEnd { Kind = AttemptEndKind.Condemned, Code = failure.Code, Cause = failure };
        }
    }

    /// <summary>Waits until the next request may leave, signs it, and records that it is about to leave.</summary>
    private async ValueTask<SignedRequest> SignAsync(Passage passage, Credential credential, CancellationToken cancellationToken)
    {
        await Pace.WaitAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var request = _signer.Sign(passage.Call, credential, _options.Nonces.Next(), Clock.Now);
        if (passage.Intents is { } intents)
        {
            await intents.RecordAsync(request, credential.AccessKeyId, cancellationToken).ConfigureAwait(false);
        }

        return request;
    }

    /// <summary>A row on its way, for as long as nothing of it can have been executed.</summary>
    private sealed class Passage(ApiRequest call, IIntentLog? intents, Tally tally)
    {
        internal ApiRequest Call { get; } = call;

        internal IIntentLog? Intents { get; } = intents;

        internal Tally Tally { get; } = tally;

        /// <summary>The request that was sent last.</summary>
        internal SignedRequest? Request { get; private set; }

        /// <summary>When it was sent, by the clock's timestamps.</summary>
        internal long SentAt { get; private set; }

        internal bool ClockMended { get; set; }

        internal bool TokenMended { get; set; }

        /// <summary>Notes that a request leaves.</summary>
        internal void Leave(SignedRequest request, long now)
        {
            Request = request;
            SentAt = now;
            Tally.Attempts++;
        }
    }
}
