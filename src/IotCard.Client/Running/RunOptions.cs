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
}
