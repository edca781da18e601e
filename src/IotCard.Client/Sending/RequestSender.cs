using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// Signs calls and sends them, for operations and queries alike, with one credential, rate limiter, circuit and clock.
/// Every request is signed anew. After a lost response it sends again only if the call may be repeated. Safe for
/// concurrent use.
/// </summary>
internal sealed class RequestSender : IDisposable
{
    private readonly SenderOptions _options;
    private readonly ICredentialProvider _credentials;
    private readonly ServiceTransport _transport;
    private readonly RequestSigner _signer;
    private readonly IntentFingerprint _fingerprint;
    private readonly RetryPolicy _retries;

    /// <summary>Creates a sender.</summary>
    /// <param name="options">How to send.</param>
    /// <param name="credentials">Provides the credential.</param>
    /// <param name="transport">Sends the requests; its owner disposes it.</param>
    internal RequestSender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport)
    {
        _options = options;
        _credentials = credentials;
        _transport = transport;
        _signer = new RequestSigner(options.SignatureMethod);
        _fingerprint = new IntentFingerprint(options.SignatureMethod, options.Endpoint, options.MidChannelId);
        _retries = new RetryPolicy(options);
        Clock = new ServerClock(options.Clock);
        RateLimiter = new AdaptiveRateLimiter(options.Clock, options.RequestsPerSecond);
        Circuit = new ServiceCircuit(options.Clock, options.MaximumInFlight, options.OutageTimeout);
    }

    /// <summary>The gateway's time, by its known difference from this machine's.</summary>
    internal ServerClock Clock { get; }

    /// <summary>The rate limiter shared by all calls.</summary>
    internal AdaptiveRateLimiter RateLimiter { get; }

    /// <summary>Limits the requests in flight, and waits during an outage.</summary>
    internal ServiceCircuit Circuit { get; }

    /// <summary>Disposes the circuit's timer.</summary>
    public void Dispose() => Circuit.Dispose();

    /// <summary>Signs the request of an earlier run again, byte for byte.</summary>
    /// <returns>The request; null with the reason if it would be a different one, or no credential is available.</returns>
    internal async Task<(SignedRequest? Request, string Reason)> TryRebuildAsync(ApiRequest call, RecordedIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            var credential = await _credentials.GetCredentialAsync(cancellationToken).ConfigureAwait(false);
            var request = _signer.Sign(call, credential, intent.Nonce, intent.Timestamp);
            return _fingerprint.FindDifference(intent, request, credential) is { } difference
                ? (null, difference)
                : (request, OutcomeCode.Interrupted);
        }
        catch (Exception failure) when (failure is CredentialException or OperationCanceledException)
        {
            return (null, OutcomeCode.Interrupted);
        }
    }

    /// <summary>Sends a call, signed anew each time, until no further attempt would improve on the last result.</summary>
    /// <param name="context">The call, and whether it may be repeated after a lost response.</param>
    /// <param name="yieldPlace">Called before each pause; may be null.</param>
    /// <param name="stop">Prevents further requests; the response to a request in flight still counts.</param>
    /// <returns>The result of the last attempt.</returns>
    internal async ValueTask<AttemptResult> SendAsync(SendContext context, Action? yieldPlace, CancellationToken stop)
    {
        var (failedTries, throttled) = (0, 0);
        AttemptResult? last = null;
        try
        {
            while (true)
            {
                var result = await TryAsync(context, stop).ConfigureAwait(false);
                if (result.Status == AttemptStatus.NotSent)
                {
                    return last ?? result;
                }

                last = result;
                var step = context.StepAfter(result);
                if (step == AttemptStep.Wait)
                {
                    if (!RetryPolicy.MayWait(result, throttled++))
                    {
                        return result.RetryAfter > RetryPolicy.MaximumHint ? result with { Reason = OutcomeCode.WaitTooLong } : result;
                    }

                    await context.RecordNotExecutedAsync(result, stop).ConfigureAwait(false);
                    continue;
                }

                // During an outage the circuit decides how long to try.
                failedTries += Circuit.IsClosed || !result.IsUnanswered ? 1 : 0;
                if (step != AttemptStep.Retry || !_retries.MayReconnect(failedTries - 1))
                {
                    return result;
                }

                await context.RecordNotExecutedAsync(result, stop).ConfigureAwait(false);
                yieldPlace?.Invoke();
                if (!Circuit.IsClosed && result.IsUnanswered)
                {
                    // The circuit decides when to try.
                    continue;
                }

                await _options.Clock.WaitAsync(_retries.DelayAfter(Math.Max(failedTries, 1)), stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is known of the last attempt stays known.
            return last ?? AttemptResult.NotSent(Circuit.AbortReason ?? OutcomeCode.Stopped);
        }
    }

    /// <summary>Makes one attempt. A refused timestamp is corrected and a refused token refreshed, each once, and the request signed anew.</summary>
    private async ValueTask<AttemptResult> TryAsync(SendContext context, CancellationToken stop)
    {
        AttemptResult? result = null;
        AttemptResult? refused = null;
        var isAdmitted = false;
        try
        {
            isAdmitted = await Circuit.EnterAsync(isInDoubt: false, stop).ConfigureAwait(false);
            if (!isAdmitted)
            {
                return AttemptResult.NotSent(Circuit.AbortReason!);
            }

            var credential = await _credentials.GetCredentialAsync(stop).ConfigureAwait(false);
            while (true)
            {
                result = null;
                result = await SendSignedAsync(context, credential, stop).ConfigureAwait(false);
                switch (context.StepAfter(result))
                {
                    case AttemptStep.CorrectClock when !context.IsClockCorrected && result.ServerTime is { } serverTime:
                        context.IsClockCorrected = true;
                        if (!Clock.TryLearn(serverTime))
                        {
                            return result with { Reason = OutcomeCode.ClockTooFarOff };
                        }

                        refused = result;
                        await context.RecordNotExecutedAsync(result, stop).ConfigureAwait(false);
                        continue;
                    case AttemptStep.RenewToken:
                        refused = result;
                        if (await RefreshAsync(context, credential, stop).ConfigureAwait(false) is not { } refreshed)
                        {
                            Circuit.Abort(result.Code);
                            return result;
                        }

                        credential = refreshed;
                        await context.RecordNotExecutedAsync(result, stop).ConfigureAwait(false);
                        continue;
                    default:
                        return result;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && refused is not null)
        {
            return refused;
        }
        catch (CredentialException failure)
        {
            Circuit.Abort(failure.Code);
            return new AttemptResult { Status = AttemptStatus.Fatal, Code = failure.Code, Cause = failure };
        }
        finally
        {
            if (isAdmitted)
            {
                Circuit.Exit(result);
            }
        }
    }

    private async ValueTask<Credential?> RefreshAsync(SendContext context, Credential expired, CancellationToken stop)
    {
        if (context.IsTokenRefreshed)
        {
            return null;
        }

        context.IsTokenRefreshed = true;
        return await _credentials.RenewAsync(expired, stop).ConfigureAwait(false);
    }

    /// <summary>Waits for the rate limiter, signs, records the intent, and sends.</summary>
    private async ValueTask<AttemptResult> SendSignedAsync(SendContext context, Credential credential, CancellationToken stop)
    {
        await RateLimiter.WaitAsync(stop).ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
        var request = _signer.Sign(context.Call, credential, _options.Nonces.Next(), Clock.Now);
        request.ClockOffset = Clock.Offset;
        if (context.Record is { } record)
        {
            await record.RecordIntentAsync(_fingerprint.Record(request, credential), stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
        }

        context.Leave(request, _options.Clock.GetTimestamp());
        try
        {
            var result = await _transport.SendAsync(request, context.Format, _options.InFlight).ConfigureAwait(false);
            RateLimiter.Report(result);
            return result;
        }
        catch (OperationCanceledException) when (_options.InFlight.IsCancellationRequested)
        {
            return new AttemptResult { Status = AttemptStatus.Lost, Code = OutcomeCode.Stopped };
        }
    }
}
