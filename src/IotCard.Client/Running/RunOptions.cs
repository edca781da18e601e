namespace IotCard.Client.Running;

/// <summary>How a run goes.</summary>
public sealed class RunOptions
{
    /// <summary>How many rows may be with the service at once, 1 to 256.</summary>
    public int ThrottleLimit { get; init; } = 5;

    /// <summary>
    /// How many rows may be under way, that is, taken in and not yet given out: waiting, in flight, or done and waiting
    /// for a row before them. It bounds the memory of a run, and is how far a slow row can be overtaken.
    /// </summary>
    public int Window { get; init; } = 1024;

    /// <summary>Whether the first row that does not succeed stops the run. Rows in flight beside it still come to their end.</summary>
    public bool StopsAtFailure { get; init; }
}
