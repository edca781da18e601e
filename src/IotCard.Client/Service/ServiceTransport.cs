using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Service;

/// <summary>
/// Sends signed requests over kept-open connections and reports how each attempt ended. If responses are out of step
/// with requests, it gives up its connections and trusts none of the responses still in flight on them. Safe for
/// concurrent use.
/// </summary>
public sealed class ServiceTransport : IDisposable
{
    private readonly object _gate = new();
    private readonly Func<HttpMessageHandler> _createHandler;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _timeout;
    private readonly RecentRequestIds _requestIds = new();
    private ConnectionPool _connections;
    private bool _isDisposed;

    /// <summary>Creates a transport.</summary>
    /// <param name="createHandler">Creates a handler, such as <see cref="ServiceHandler"/>; called again whenever connections are given up. The transport disposes it.</param>
    /// <param name="clock">Measures the timeout.</param>
    /// <param name="timeout">The maximum time of an attempt, from its start to the last byte of the response.</param>
    public ServiceTransport(Func<HttpMessageHandler> createHandler, TimeProvider clock, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(createHandler);

        _createHandler = createHandler;
        _connections = new ConnectionPool(createHandler(), Examine);
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
    internal async Task<AttemptResult> SendAsync(SignedRequest request, ResponseFormat format, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();

        using var message = request.ToMessage();
        var content = (SignedContent)message.Content!;
        using var limit = _clock.CreateTimeout(_timeout);
        using var givingUp = cancellationToken.Register(static limit => ((CancellationTokenSource)limit!).Cancel(), limit);
        var connections = EnterConnections();
        try
        {
            using var response = await connections.SendAsync(message, limit.Token).ConfigureAwait(false);
            using var reception = connections.Responses.Begin();
            var body = await response.Content.ReadAtMostAsync(format.MaximumLength, limit.Token).ConfigureAwait(false);
            var result = await reception.ExamineAsync(Read(response, body, format)).ConfigureAwait(false);
            return GatewayText.Redact(result, request.Redactor);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception failure)
        {
            var result = TransportFailure.ToResult(failure, content.SendingBegan, timedOut: limit.IsCancellationRequested);
            return result.Status == AttemptStatus.NotConnected ? result with { Route = FindRoute(message.RequestUri!) } : result;
        }
        finally
        {
            connections.Exit();
        }
    }

    /// <summary>Gives up all connections, so that the next request opens a new one.</summary>
    /// <param name="distrustInFlight">Whether to treat responses still in flight as lost.</param>
    public void ResetConnections(bool distrustInFlight)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                Replace(_connections, distrustInFlight);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                _connections.Dispose();
            }
        }
    }

    private ConnectionRoute FindRoute(Uri destination) => ConnectionRoute.To(destination, FindProxy?.Invoke(destination));

    private static AttemptResult Read(HttpResponseMessage response, ReadOnlyMemory<byte>? body, ResponseFormat format)
    {
        var status = (int)response.StatusCode;
        var read = body is { } bytes ? format.Read(status, bytes.Span) : null;
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

    /// <summary>Decides whether a response can belong to its request.</summary>
    private AttemptResult Examine(AttemptResult result, ConnectionPool connections)
    {
        if (result.Code is AttemptCode.ResponseUnreadable or AttemptCode.ResponseNotRecognized)
        {
            // Something responded in the service's place; the service's own response may still follow on the same connection.
            Replace(connections, distrustInFlight: false);
            return result;
        }

        var isRepeated = result.Response?.RequestId is { Length: > 0 } id && !_requestIds.TryAdd(id);
        if (isRepeated)
        {
            Replace(connections, distrustInFlight: true);
        }

        return isRepeated || connections.IsDistrusted
            ? new AttemptResult { Status = AttemptStatus.Lost, Code = AttemptCode.ResponseOutOfStep, HttpStatus = result.HttpStatus }
            : result;
    }

    private ConnectionPool EnterConnections()
    {
        lock (_gate)
        {
            // Once disposed, the connections refuse a request themselves.
            _connections.Enter();
            return _connections;
        }
    }

    private void Replace(ConnectionPool connections, bool distrustInFlight)
    {
        lock (_gate)
        {
            if (connections == _connections && !_isDisposed)
            {
                _connections = new ConnectionPool(_createHandler(), Examine);
            }

            connections.Retire(distrustInFlight);
        }
    }
}
