namespace IotCard.Client.Rules;

/// <summary>The result of one attempt to send a request.</summary>
internal sealed record AttemptResult
{
    /// <summary>How the attempt ended.</summary>
    public required AttemptStatus Status { get; init; }

    /// <summary>The response's code, or the stable name of what went wrong.</summary>
    public required string Code { get; init; }

    /// <summary>Why the result is final, if the code does not say so, such as a wait that is too long; otherwise null.</summary>
    public string? Reason { get; init; }

    /// <summary>The response, if it was readable.</summary>
    public ServiceResponse? Response { get; init; }

    /// <summary>The transport's exception, if it failed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The route of a failed connection; null if one was made.</summary>
    internal ConnectionRoute? Route { get; init; }

    /// <summary>The HTTP status, if any response came, readable or not.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's time, UTC, if it refuses a timestamp and its response states the time.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>How long the gateway asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is known of the operation's execution.</summary>
    public ExecutionCertainty Certainty => Status switch
    {
        AttemptStatus.Answered => ExecutionCertainty.Answered,
        AttemptStatus.NonceUsed or AttemptStatus.Lost => ExecutionCertainty.NotKnown,
        _ => ExecutionCertainty.NotExecuted,
    };

    /// <summary>
    /// Whether the service may be out of reach: nothing of it was heard, whether no connection came about or a response was
    /// lost. The cause may concern every row: a proxy that refuses, a certificate that is not trusted.
    /// </summary>
    internal bool IsUnanswered => Status is AttemptStatus.Lost or AttemptStatus.NotConnected;

    /// <summary>Whether the gateway or the service responded, with whatever result.</summary>
    internal bool IsAnswered => Response is not null && Status != AttemptStatus.Lost;

    internal static AttemptResult NotSent(string reason) => new() { Status = AttemptStatus.NotSent, Code = reason };
}
