using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>The connections of one handler. Once retired, the handler is disposed as soon as nothing is in flight.</summary>
internal sealed class ConnectionPool : IDisposable
{
    private readonly object _gate = new();
    private readonly HttpMessageInvoker _invoker;
    private int _inFlight;
    private bool _isRetired;
    private volatile bool _isDistrusted;

    /// <summary>Creates the pool.</summary>
    /// <param name="handler">Opens the connections; disposed by the pool.</param>
    /// <param name="examine">Decides whether a response that arrived on these connections can belong to its request.</param>
    internal ConnectionPool(HttpMessageHandler handler, Func<AttemptResult, ConnectionPool, AttemptResult> examine)
    {
        _invoker = new HttpMessageInvoker(handler, disposeHandler: true);
        Responses = new ResponseOrder(read => examine(read, this));
    }

    /// <summary>The responses that arrive on these connections.</summary>
    internal ResponseOrder Responses { get; }

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

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        // .NET Framework would ask first whether to send the content, and wait for the answer.
        message.Headers.ExpectContinue = false;
        return _invoker.SendAsync(message, cancellationToken);
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
