using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// Resolves in-doubt operations by resending the same request: same nonce, same timestamp, same signature. If the first
/// one arrived, the gateway refuses the second; if it did not, the second takes its place. This class has no signer and
/// no credential, so it cannot do anything else.
/// </summary>
internal sealed class InDoubtResolver
{
    private readonly ServiceTransport _transport;
    private readonly ServiceCircuit _circuit;
    private readonly AdaptiveRateLimiter _rateLimiter;
    private readonly RetryPolicy _retries;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _inFlight;

    internal InDoubtResolver(SenderOptions options, ServiceTransport transport, ServiceCircuit circuit, AdaptiveRateLimiter rateLimiter)
    {
        _transport = transport;
        _circuit = circuit;
        _rateLimiter = rateLimiter;
        _retries = new RetryPolicy(options);
        _clock = options.Clock;
        _inFlight = options.InFlight;
    }

    /// <summary>Resends an operation until it is resolved or may not be resent.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isFirstTry">Whether this run has not sent it yet, so that the first resend is not delayed.</param>
    /// <param name="statistics">Counts the attempts.</param>
    /// <param name="yieldPlace">Called before each pause, because a row that waits holds no place in flight.</param>
    /// <param name="stop">Prevents further requests; the response to a request in flight still counts.</param>
    /// <returns>The outcome. The row stays in doubt if resending ends first.</returns>
    internal async Task<RowOutcome> ResolveAsync(
        InDoubtOperation operation, bool isFirstTry, AttemptStatistics statistics, Action? yieldPlace, CancellationToken stop)
    {
        var (resends, throttled) = (0, 0);
        _circuit.BeginInDoubt();
        try
        {
            while (true)
            {
                if (!isFirstTry)
                {
                    if (!_retries.MayResend(operation, resends))
                    {
                        return operation.Suspend();
                    }

                    yieldPlace?.Invoke();
                }

                if (!isFirstTry && _circuit.IsClosed)
                {
                    // Otherwise the circuit decides when to try.
                    await _clock.WaitAsync(_retries.DelayAfter(resends + 1), stop).ConfigureAwait(false);
                }

                AttemptResult? result;
                while ((result = await TryResendAsync(operation, statistics, stop).ConfigureAwait(false)) is not null && AttemptRules.AfterResend(result) == AttemptStep.Wait)
                {
                    if (!RetryPolicy.MayWait(result, throttled++))
                    {
                        return operation.ResolveWith(result);
                    }

                    if (_retries.HasTimedOut(operation))
                    {
                        return operation.Suspend();
                    }
                }

                if (result is null)
                {
                    return operation.Suspend();
                }

                if (AttemptRules.AfterResend(result) == AttemptStep.End)
                {
                    return operation.ResolveWith(result);
                }

                resends += isFirstTry ? 0 : 1;
                isFirstTry = false;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || _inFlight.IsCancellationRequested)
        {
            return operation.Suspend();
        }
        catch (Exception failure)
        {
            // No known failure gets here. Whatever it is, the operation is as much in doubt as before.
            return operation.Suspend() with { Cause = failure };
        }
        finally
        {
            _circuit.EndInDoubt();
        }
    }

    /// <summary>Resends the request once.</summary>
    /// <returns>The result; null if nothing more is to be sent, or the gateway may soon forget the request's nonce.</returns>
    private async Task<AttemptResult?> TryResendAsync(InDoubtOperation operation, AttemptStatistics statistics, CancellationToken stop)
    {
        if (operation.IsTooOld || !await _circuit.EnterAsync(isInDoubt: true, stop).ConfigureAwait(false))
        {
            return null;
        }

        AttemptResult? result = null;
        try
        {
            await _rateLimiter.WaitAsync(stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (operation.IsTooOld)
            {
                return null;
            }

            statistics.Attempts++;
            result = await _transport.SendAsync(operation.Request, _inFlight).ConfigureAwait(false);
            _rateLimiter.Report(result);
            return result.Status == AttemptStatus.NotSent ? null : result;
        }
        finally
        {
            _circuit.Exit(result);
        }
    }
}
