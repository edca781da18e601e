using IotCard.Client.Rules;

namespace IotCard.Client.Running;

/// <summary>
/// What operations and queries have in common when many of them are in flight: results in input order, a window, counts,
/// a stop.
/// </summary>
/// <typeparam name="T">The type of a result.</typeparam>
/// <param name="window">How many items may be open: waiting, in flight, or complete and waiting for an earlier one.</param>
/// <remarks>One thread adds items and dequeues results; any thread may stop the run.</remarks>
internal abstract class Run<T>(int window) : IRun
    where T : class
{
    private readonly OrderedResults<T> _results = new(window);
    private readonly CancellationTokenSource _stop = new();

    /// <inheritdoc/>
    public abstract string? AbortReason { get; }

    /// <inheritdoc/>
    public bool IsFull => _results.Count >= window;

    /// <inheritdoc/>
    public bool IsEmpty => _results.Count == 0;

    /// <inheritdoc/>
    public RunCounts Counts => Counter.Counts;

    /// <summary>Prevents further requests once the run is stopped.</summary>
    private protected CancellationToken Stopped => _stop.Token;

    private protected RunCounter Counter { get; } = new();

    /// <summary>Dequeues the next result in input order, if it is complete.</summary>
    /// <param name="result">The result.</param>
    /// <returns>False if the next one is not complete yet, or there is none.</returns>
    public bool TryDequeue([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? result) => _results.TryDequeue(out result);

    /// <inheritdoc/>
    public Task WaitForNextAsync() => _results.WaitForNextAsync();

    /// <inheritdoc/>
    public Task WaitForBatchAsync() => _results.WaitForBatchAsync();

    /// <inheritdoc/>
    public Task WaitForAllAsync() => _results.WaitForAllAsync();

    /// <inheritdoc/>
    public virtual void Stop(string reason = OutcomeCode.Stopped) => _stop.Cancel();

    /// <summary>Stops the run.</summary>
    public void Dispose()
    {
        Stop();
        _stop.Dispose();
    }

    /// <summary>Reserves the place of a result.</summary>
    private protected OrderedResults<T>.Place Reserve()
    {
        Counter.CountEnqueued();
        return _results.Enqueue();
    }

    /// <summary>Publishes a result.</summary>
    private protected void Publish(OrderedResults<T>.Place place, T result, OutcomeStatus status)
    {
        Counter.CountDone(status);
        _results.Complete(place, result);
    }
}
