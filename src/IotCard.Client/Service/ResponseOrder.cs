using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>
/// Examines responses in the order in which they began to arrive. A response that belongs to another request casts doubt
/// on what follows on its connection, so none is trusted before all that began to arrive earlier have been examined.
/// Safe for concurrent use.
/// </summary>
/// <param name="examine">Decides whether a response can belong to its request.</param>
internal sealed class ResponseOrder(Func<AttemptResult, AttemptResult> examine)
{
    private readonly object _gate = new();
    private readonly Queue<ResponseReception> _open = new();

    /// <summary>
    /// Notes that a response arrives. Must be called before its body is read to the end, because from then on its
    /// connection may carry the next request.
    /// </summary>
    internal ResponseReception Begin()
    {
        var reception = new ResponseReception(this);
        lock (_gate)
        {
            _open.Enqueue(reception);
        }

        return reception;
    }

    /// <summary>
    /// Notes that a response was read, or never will be. Whoever completes the first one also examines those that were
    /// waiting for it, because their own threads would have to be woken one after the other.
    /// </summary>
    internal void Complete(ResponseReception reception, AttemptResult? read)
    {
        lock (_gate)
        {
            reception.Complete(read);
            while (_open.Count > 0 && _open.Peek().IsComplete)
            {
                _open.Dequeue().Examine(examine);
            }
        }
    }
}
