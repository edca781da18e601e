namespace IotCard.Client.Service;

/// <summary>
/// Kept-open connections, each used by one request at a time: a connection is free again only once the response on it was
/// examined. The platform's own pool hands a connection to the next request as soon as the last byte is read, and does not
/// tell which response came on which connection. Safe for concurrent use.
/// </summary>
/// <param name="createHandler">Creates a handler. It opens a new connection whenever its last one has ended.</param>
internal sealed class KeptConnections(Func<HttpMessageHandler> createHandler) : IDisposable
{
    private readonly object _gate = new();

    // The one that was used last is the most likely to be open still.
    private readonly Stack<HttpMessageInvoker> _free = new();
    private bool _isDisposed;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var connection in _free)
            {
                connection.Dispose();
            }

            _free.Clear();
        }
    }

    /// <summary>Takes a connection for one request; the caller either returns or disposes it.</summary>
    internal HttpMessageInvoker Take()
    {
        lock (_gate)
        {
            if (_free.Count > 0)
            {
                return _free.Pop();
            }

            ObjectDisposedException.ThrowIf(_isDisposed, this);
        }

        return new HttpMessageInvoker(createHandler(), disposeHandler: true);
    }

    /// <summary>Gives a connection back for the next request.</summary>
    internal void Return(HttpMessageInvoker connection)
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _free.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }
}
