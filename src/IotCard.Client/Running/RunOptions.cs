namespace IotCard.Client.Running;

/// <summary>The limits of a run.</summary>
public sealed class RunOptions
{
    /// <summary>The maximum number of rows in flight, 1 to 256.</summary>
    public int ThrottleLimit { get; init; } = 5;

    /// <summary>
    /// The maximum number of open rows, which were added and are not yet published: waiting, in flight, or complete and
    /// waiting for an earlier row. It limits a run's memory, and how far a slow row can be overtaken.
    /// </summary>
    public int Window { get; init; } = 1024;

    /// <summary>Whether the first row that does not succeed stops the run. Requests in flight are still completed.</summary>
    public bool StopsAtFailure { get; init; }

    /// <summary>
    /// How many rows that this run has sent may end as Failed or Unknown, 0 or more; one more stops the run. Null for no
    /// limit. Requests in flight are still completed.
    /// </summary>
    public int? MaximumFailureCount { get; init; }

    /// <summary>Runs work on another thread, so that a simulation can run it on its only one.</summary>
    internal Action<WaitCallback, object> StartWork { get; init; } = static (work, state) =>

        // Unsafe only in that nothing of the caller's context, such as its culture, flows along.
        ThreadPool.UnsafeQueueUserWorkItem(work, state);
}
