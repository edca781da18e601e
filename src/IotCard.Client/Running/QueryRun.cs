using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>
/// Asks queries side by side and gives their results out in input order. Queries do not depend on each other; how many
/// are in flight is decided by the circuits of their senders.
/// </summary>
/// <typeparam name="T">What a query gives.</typeparam>
/// <param name="window">How many queries may be under way, or done and waiting for one before them.</param>
/// <param name="isFailed">Tells whether a result is a failure, for counting.</param>
/// <param name="senders">Whose requests the queries are.</param>
/// <remarks>One thread takes queries in and results out; any thread may stop the run.</remarks>
internal sealed class QueryRun<T>(int window, Func<T, bool> isFailed, IReadOnlyList<QuerySender> senders) : IRun
    where T : class
{
    private readonly OrderedResults<T> _results = new();
    private readonly CancellationTokenSource _stop = new();
    private long _enqueued;
    private long _settled;
    private long _done;
    private long _failed;

    /// <inheritdoc/>
    public string? AbortReason => senders.Select(static sender => sender.Requests.Circuit.AbortReason).FirstOrDefault(static reason => reason is not null);

    /// <inheritdoc/>
    public bool IsFull => _results.Count >= window;

    /// <inheritdoc/>
    public bool IsEmpty => _results.Count == 0;

    /// <inheritdoc/>
    public RunCounts Counts => new(
        Interlocked.Read(ref _enqueued), Interlocked.Read(ref _done), Interlocked.Read(ref _settled), Interlocked.Read(ref _failed), Unknown: 0);

    /// <inheritdoc/>
    public Task WaitForNextAsync() => _results.WaitForNextAsync();

    /// <inheritdoc/>
    public Task WaitForAllAsync() => _results.WaitForAllAsync();

    /// <inheritdoc/>
    public void Stop(string reason = OutcomeCode.Stopped)
    {
        foreach (var sender in senders)
        {
            sender.Requests.Circuit.Abort(reason);
        }

        _stop.Cancel();
    }

    /// <summary>Stops the run.</summary>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    /// <summary>Takes a query in.</summary>
    /// <param name="ask">Asks, and gives the result whatever happens; the token lets no further request leave.</param>
    internal void Add(Func<CancellationToken, Task<T>> ask)
    {
        var place = Enqueue();
        _ = Task.Run(async () => Complete(place, await ask(_stop.Token).ConfigureAwait(false)));
    }

    /// <summary>Takes a result in that nothing has to be asked for, so that it is given out in its turn.</summary>
    internal void AddSettled(T result)
    {
        Interlocked.Increment(ref _settled);
        Complete(Enqueue(), result);
    }

    /// <summary>Gives out the next result in input order, where it is there.</summary>
    internal bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? result) => _results.TryDequeue(out result);

    private OrderedResults<T>.Place Enqueue()
    {
        Interlocked.Increment(ref _enqueued);
        return _results.Enqueue();
    }

    private void Complete(OrderedResults<T>.Place place, T result)
    {
        Interlocked.Add(ref _failed, isFailed(result) ? 1 : 0);
        Interlocked.Increment(ref _done);
        _results.Complete(place, result);
    }
}
