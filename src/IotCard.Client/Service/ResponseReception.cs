namespace IotCard.Client.Service;

/// <summary>
/// A response from its first byte until it was examined. A response that turns out to be another request's casts doubt on
/// what follows on its connection, so none is believed before all that began to arrive earlier were examined.
/// </summary>
internal sealed class ResponseReception(ConnectionPool connections, ResponseReception[] earlier) : IDisposable
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ResponseReception[] _earlier = earlier;

    /// <summary>Waits until all earlier responses were examined. Each of them has its own timeout, so this needs none.</summary>
    internal async ValueTask WaitForEarlierAsync()
    {
        foreach (var reception in _earlier)
        {
            await reception._end.Task.ConfigureAwait(false);
        }
    }

    /// <summary>The response was examined, or will never be.</summary>
    public void Dispose()
    {
        // Each would keep those before it alive, for as long as responses overlap.
        _earlier = [];
        connections.EndReception(this);
        _end.TrySetResult(true);
    }
}
