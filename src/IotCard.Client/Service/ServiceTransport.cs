using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Service;

/// <summary>
/// Sends signed requests over kept-open connections and reports how each attempt ended. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A connection can get out of step, so that a request receives the response to another one. What is relied on: a new
/// request is sent on a connection only if the service itself answered the one before it, with a request id never seen
/// before. A surplus response is then either such a response once more, which its request id gives away, or that to a
/// second delivery of such a request, which is <c>SignatureNonceUsed</c>. Neither is taken for an answer, and the connection
/// carries no further request. Responses on other connections are not affected.
/// </remarks>
public sealed class ServiceTransport : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly RecentRequestIds _requestIds = new();
    private readonly KeptConnections _connections;

    /// <summary>Creates a transport.</summary>
    /// <param name="createHandler">Creates a handler, such as <see cref="ServiceHandler"/>; called for each connection. The transport disposes it.</param>
    /// <param name="clock">Measures the timeout.</param>
    /// <param name="timeout">The maximum time of an attempt, from its start to the last byte of the response.</param>
    public ServiceTransport(Func<HttpMessageHandler> createHandler, TimeProvider clock, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(createHandler);

        _connections = new KeptConnections(createHandler);
        _clock = clock;
        _timeout = timeout;
    }

    /// <summary>Finds the proxy for an address, so that a failure can name it; null if there is none.</summary>
    internal Func<Uri, Uri?>? FindProxy { get; init; }

    /// <summary>Sends a request once, and reads its response by the strict rules of the binding action.</summary>
    /// <param name="request">The request; it may be resent later, byte for byte.</param>
    /// <param name="cancellationToken">Abandons the attempt.</param>
    /// <returns>The result. Any failure is a result too, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The attempt was abandoned; it is unknown whether the request arrived.</exception>
    internal Task<AttemptResult> SendAsync(SignedRequest request, CancellationToken cancellationToken) =>
        SendAsync(request, ResponseFormat.Binding, cancellationToken);

    /// <summary>Sends a request once.</summary>
    /// <param name="request">The request; it may be resent later, byte for byte.</param>
    /// <param name="format">How the action's responses are read.</param>
    /// <param name="cancellationToken">Abandons the attempt.</param>
    /// <returns>The result. Any failure is a result too, not an exception.</returns>
    /// <exception cref="OperationCanceledException">The attempt was abandoned; it is unknown whether the request arrived.</exception>
    /// <exception cref="Exception">Something failed before the request was handed to a connection; nothing left.</exception>
    internal async Task<AttemptResult> SendAsync(SignedRequest request, ResponseFormat format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        using var message = request.ToMessage();
        var content = (SignedContent)message.Content!;
        using var limit = _clock.CreateTimeout(_timeout);
        using var givingUp = cancellationToken.Register(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        var connection = _connections.Take();
        var isInStep = false;
        try
        {
            // .NET Framework would ask first whether to send the content, and wait for the answer.
            message.Headers.ExpectContinue = false;
            using var response = await connection.SendAsync(message, limit.Token).ConfigureAwait(false);
            var body = await response.Content.ReadAtMostAsync(format.MaximumLength, limit.Token).ConfigureAwait(false);
            var result = Examine(Read(response, body, format));
            isInStep = result.Status == AttemptStatus.Answered;
            return GatewayText.Redact(result, request.Redactor);
        }
        catch (Exception failure)
        {
            var result = TransportFailure.ToResult(failure, content.SendingBegan, timedOut: limit.IsCancellationRequested);
            return (result.Status, cancellationToken.IsCancellationRequested) switch
            {
                (AttemptStatus.NotConnected, false) => result with { Route = FindRoute(message.RequestUri!) },
                (AttemptStatus.NotConnected, true) => AttemptResult.NotSent(OutcomeCode.Stopped),
                (_, false) => result,
                (_, true) => throw new OperationCanceledException(cancellationToken),
            };
        }
        finally
        {
            if (isInStep)
            {
                _connections.Return(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connections.Dispose();

    private ConnectionRoute FindRoute(Uri destination) => ConnectionRoute.To(destination, FindProxy?.Invoke(destination));

    private static AttemptResult Read(HttpResponseMessage response, byte[]? body, ResponseFormat format)
    {
        var status = (int)response.StatusCode;
        var read = body is null ? null : format.Read(status, body);
        if (read is null)
        {
            return new AttemptResult { Status = AttemptStatus.Lost, Code = AttemptCode.ResponseUnreadable, HttpStatus = status };
        }

        var kind = format.Classify(read);
        return new AttemptResult
        {
            Status = kind,
            Code = kind == AttemptStatus.Lost && read.Code is not (GatewayCode.ServiceUnavailable or GatewayCode.InternalError)
                ? AttemptCode.ResponseNotRecognized
                : read.Code,
            Response = read,
            HttpStatus = status,
            ServerTime = kind == AttemptStatus.ClockRefused ? response.Headers.Date : null,
            RetryAfter = kind == AttemptStatus.Throttled ? GatewayHeaders.RetryAfter(response.Headers) : null,
        };
    }

    /// <summary>A request id that was seen before belongs to the response to another request.</summary>
    private AttemptResult Examine(AttemptResult result) =>
        result.Response?.RequestId is { Length: > 0 } id && !_requestIds.TryAdd(id)
            ? new AttemptResult { Status = AttemptStatus.Lost, Code = AttemptCode.ResponseOutOfStep, HttpStatus = result.HttpStatus }
            : result;
}
