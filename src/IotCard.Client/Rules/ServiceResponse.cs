namespace IotCard.Client.Rules;

/// <summary>The readable part of a response of the service or its gateway.</summary>
internal sealed record ServiceResponse
{
    /// <summary>The HTTP status. It does not determine the outcome: the same code comes with different statuses.</summary>
    public required int HttpStatus { get; init; }

    /// <summary><c>OK</c>, or an error code of the service (<c>isv.…</c>) or of the gateway.</summary>
    public required string Code { get; init; }

    /// <summary>A description. It does not determine the outcome: the published success sample says <c>ServiceUnavailable</c>.</summary>
    public string? Message { get; init; }

    /// <summary>The request's id, for support tickets.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the operation succeeded; null if the response does not say.</summary>
    public bool? IsModSuccess { get; init; }

    /// <summary>Whether a query succeeded, if its responses say so in addition to their code.</summary>
    internal bool? IsSuccess { get; init; }

    /// <summary>A query's result; null if the response lacks it, and for every operation.</summary>
    internal object? Payload { get; init; }
}
