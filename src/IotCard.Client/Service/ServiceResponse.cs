namespace IotCard.Client.Service;

/// <summary>What the service or its gateway answered, as far as it can be read.</summary>
public sealed record ServiceResponse
{
    /// <summary>The HTTP status. Says nothing of the outcome: the same code is seen with different statuses.</summary>
    public required int HttpStatus { get; init; }

    /// <summary><c>OK</c>, or an error code of the service (<c>isv.…</c>) or of the gateway.</summary>
    public required string Code { get; init; }

    /// <summary>A description. Says nothing of the outcome: the published success sample says <c>ServiceUnavailable</c>.</summary>
    public string? Message { get; init; }

    /// <summary>The request's id, for support tickets.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the operation succeeded; null where the answer does not say.</summary>
    public bool? IsModSuccess { get; init; }

    /// <summary>Whether a query says that it succeeded, where its responses say so beside their code.</summary>
    internal bool? IsSuccess { get; init; }

    /// <summary>What a query asked for; null where the response does not hold it, and for every operation.</summary>
    internal object? Payload { get; init; }
}
