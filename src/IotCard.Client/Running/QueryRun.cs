using IotCard.Client.Rules;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>
/// Runs queries concurrently and returns their results in input order. Queries do not depend on each other; the
/// circuits of their senders decide how many are in flight.
/// </summary>
/// <typeparam name="T">The type of a result.</typeparam>
/// <param name="window">How many queries may be open: in flight, or complete and waiting for an earlier one.</param>
/// <param name="isFailed">Whether a result counts as a failure.</param>
/// <param name="senders">The senders of the queries.</param>
/// <remarks>One thread adds queries and dequeues results; any thread may stop the run.</remarks>
internal sealed class QueryRun<T>(int window, Func<T, bool> isFailed, IReadOnlyList<QuerySender> senders) : IRun
    where T : class
{
    private readonly OrderedResults<T> _results = new(window);
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
    public Task WaitForBatchAsync() => _results.WaitForBatchAsync();

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

    /// <summary>Adds a query.</summary>
    /// <param name="ask">Runs the query and always returns a result; the token prevents further requests.</param>
    internal void Add(Func<CancellationToken, Task<T>> ask)
    {
        var place = Enqueue();
        _ = Task.Run(async () => Complete(place, await ask(_stop.Token).ConfigureAwait(false)));
    }

    /// <summary>Adds a result that needs no query, so that it is published in order.</summary>
    internal void AddSettled(T result)
    {
        Interlocked.Increment(ref _settled);
        Complete(Enqueue(), result);
    }

    /// <summary>Dequeues the next result in input order, if it is complete.</summary>
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
