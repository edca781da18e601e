using IotCard.Client.Http;

namespace IotCard.Client.Service;

/// <summary>How one attempt to send a request ended.</summary>
public sealed record AttemptResult
{
    /// <summary>The way in which it ended.</summary>
    public required AttemptStatus Status { get; init; }

    /// <summary>The code of the response, or, where there is none, the stable name of what went wrong.</summary>
    public required string Code { get; init; }

    /// <summary>What more there is to say of why it is final, such as a wait that is too long to be granted; null where there is nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>The response, where a readable one came.</summary>
    public ServiceResponse? Response { get; init; }

    /// <summary>What the transport said, where it failed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Where no connection came about; null where one did.</summary>
    internal ConnectionRoute? Route { get; init; }

    /// <summary>The HTTP status, where a response came at all, readable or not.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The gateway's clock, UTC, where it refuses a timestamp and its response tells its own.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>How long the gateway asks to wait, where it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What this result says of whether the operation was carried out.</summary>
    public ExecutionCertainty Certainty => Status switch
    {
        AttemptStatus.Answered => ExecutionCertainty.Answered,
        AttemptStatus.NonceUsed or AttemptStatus.TooOld or AttemptStatus.Lost => ExecutionCertainty.NotKnown,
        _ => ExecutionCertainty.NotExecuted,
    };

    /// <summary>
    /// Whether it says that the service is out of reach. A failed TLS handshake or a proxy's refusal does not: somebody
    /// answered there, and will answer the same again.
    /// </summary>
    internal bool IsUnanswered =>
        Status == AttemptStatus.Lost
        || (Status == AttemptStatus.NotConnected && Code is not (AttemptCode.TlsFailed or AttemptCode.ProxyFailed));

    /// <summary>Whether the gateway or the service has answered, whatever it said.</summary>
    internal bool IsAnswered => Response is not null && Status != AttemptStatus.Lost;

    internal static AttemptResult NotSent(string reason) => new() { Status = AttemptStatus.NotSent, Code = reason };
}
