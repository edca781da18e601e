namespace IotCard.Client.Service;

/// <summary>The connections of one handler. Once retired, the handler is disposed as soon as nothing is in flight.</summary>
internal sealed class ConnectionPool(HttpMessageHandler handler) : IDisposable
{
    private readonly object _gate = new();
    private readonly List<ResponseReception> _receptions = [];
    private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: true);
    private int _inFlight;
    private bool _isRetired;
    private volatile bool _isDistrusted;

    /// <summary>Whether responses on these connections may belong to other requests.</summary>
    internal bool IsDistrusted => _isDistrusted;

    /// <inheritdoc/>
    public void Dispose() => Retire(distrustInFlight: false);

    /// <summary>Begins a use of the connections, which <see cref="Exit"/> ends.</summary>
    internal void Enter()
    {
        lock (_gate)
        {
            _inFlight++;
        }
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken) =>
        _invoker.SendAsync(message, cancellationToken);

    /// <summary>
    /// Notes that a response arrives. Must be called before its body is read to the end, because from then on its
    /// connection may carry the next request.
    /// </summary>
    internal ResponseReception BeginReception()
    {
        lock (_gate)
        {
            var reception = new ResponseReception(this, [.. _receptions]);
            _receptions.Add(reception);
            return reception;
        }
    }

    /// <summary>Notes that a response was examined, or will never be.</summary>
    internal void EndReception(ResponseReception reception)
    {
        lock (_gate)
        {
            _receptions.Remove(reception);
        }
    }

    internal void Exit()
    {
        bool isLast;
        lock (_gate)
        {
            isLast = --_inFlight == 0 && _isRetired;
        }

        if (isLast)
        {
            _invoker.Dispose();
        }
    }

    /// <summary>Prevents further requests from using the connections.</summary>
    internal void Retire(bool distrustInFlight)
    {
        bool isIdle;
        lock (_gate)
        {
            _isDistrusted |= distrustInFlight;
            isIdle = _inFlight == 0 && !_isRetired;
            _isRetired = true;
        }

        if (isIdle)
        {
            _invoker.Dispose();
        }
    }
}
