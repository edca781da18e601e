namespace IotCard.Client.Service;

/// <summary>How one attempt to send a request ended.</summary>
public sealed record AttemptResult
{
    /// <summary>The way in which it ended.</summary>
    public required AttemptStatus Kind { get; init; }

    /// <summary>The code of the answer, or, where there is none, the stable name of what went wrong on the way.</summary>
    public required string Code { get; init; }

    /// <summary>The answer, where a readable one came.</summary>
    public ServiceResponse? Response { get; init; }

    /// <summary>What the transport said, where it failed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The HTTP status, where an answer came at all, readable or not.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's clock, UTC, where it refuses a timestamp and its answer tells its own.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>How long the gateway asks to wait, where it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What this end says of whether the operation was carried out.</summary>
    public ExecutionCertainty Certainty => Kind switch
    {
        AttemptStatus.Answered => ExecutionCertainty.Answered,
        AttemptStatus.NonceUsed or AttemptStatus.TooOld or AttemptStatus.Lost => ExecutionCertainty.NotKnown,
        _ => ExecutionCertainty.NotExecuted,
    };
}
