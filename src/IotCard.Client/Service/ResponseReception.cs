namespace IotCard.Client.Service;

/// <summary>
/// A response from its first byte until it has been examined. A response that belongs to another request casts doubt on
/// what follows on its connection, so none is trusted before all that began to arrive earlier have been examined.
/// </summary>
internal sealed class ResponseReception(ConnectionPool connections, ResponseReception[] earlier) : IDisposable
{
    private readonly TaskCompletionSource<bool> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ResponseReception[] _earlier = earlier;

    /// <summary>Waits until all earlier responses have been examined. Each of them has its own timeout, so this needs none.</summary>
    internal async ValueTask WaitForEarlierAsync()
    {
        foreach (var reception in _earlier)
        {
            await reception._end.Task.ConfigureAwait(false);
        }
    }

    /// <summary>The response has been examined, or never will be.</summary>
    public void Dispose()
    {
        // Each would keep the earlier ones alive for as long as responses overlap.
        _earlier = [];
        connections.EndReception(this);
        _end.TrySetResult(true);
    }
}
