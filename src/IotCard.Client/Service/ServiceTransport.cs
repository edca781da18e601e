using IotCard.Client.Signing;

namespace IotCard.Client.Service;

/// <summary>Sends signed requests over kept-open connections and says how each attempt ended. Safe for concurrent use.</summary>
public sealed class ServiceTransport : IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;

    /// <summary>Makes a transport.</summary>
    /// <param name="handler">What carries the requests, such as <see cref="ServiceHandler"/> makes; disposed with this.</param>
    /// <param name="clock">Measures the timeout.</param>
    /// <param name="timeout">How long an attempt may take from its start to the last value of the answer.</param>
    public ServiceTransport(HttpMessageHandler handler, TimeProvider clock, TimeSpan timeout)
    {
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
        _clock = clock;
        _timeout = timeout;
    }

    /// <summary>Sends a request once.</summary>
    /// <param name="request">The request; it may be sent again later, the same to the letter.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <returns>How it ended. Whatever goes wrong on the way is an end too, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The attempt was given up; whether the request arrived is not known.</exception>
    public async Task<AttemptResult> SendAsync(SignedRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        using var message = request.ToMessage();
        var content = (SignedContent)message.Content!;
        using var limit = _clock.CreateTimeout(_timeout);
        using var givingUp = cancellationToken.Register(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        try
        {
            using var response = await _invoker.SendAsync(message, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAtMostAsync(ResponseReader.MaximumLength, limit.Token).ConfigureAwait(false);
            return Read(response, body);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception failure)
        {
            return TransportFailure.ToEnd(failure, content.SendingBegan, timedOut: limit.IsCancellationRequested);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static AttemptResult Read(HttpResponseMessage response, ReadOnlyMemory<byte>? body)
    {
        var status = (int)response.StatusCode;
        var answer = body is { } bytes ? ResponseReader.Read(status, bytes.Span) : null;
        var kind = answer is null ? AttemptStatus.Lost : ResponseClassifier.Of(answer);
        return new AttemptResult
        {
            Kind = kind,
            Code = answer?.Code ?? AttemptCode.ResponseUnreadable,
            Response = answer,
            HttpStatus = status,
            ServerTime = kind == AttemptStatus.ClockRefused ? response.Headers.Date : null,
            RetryAfter = kind == AttemptStatus.Throttled ? GatewayHeaders.RetryAfter(response.Headers) : null,
        };
    }
}
