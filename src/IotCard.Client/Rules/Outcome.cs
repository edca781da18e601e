namespace IotCard.Client.Rules;

/// <summary>What the outcomes of operations and of queries have in common.</summary>
public abstract record Outcome
{
    private protected Outcome()
    {
    }

    /// <summary><c>OK</c>, the response's code, or the stable name of another cause.</summary>
    public required string Code { get; init; }

    /// <summary>Adds to <see cref="Code"/>: why an outcome is unknown, or what stopped the run before anything was sent.</summary>
    public string? Reason { get; init; }

    /// <summary>The service's message, if any.</summary>
    public string? Message { get; init; }

    /// <summary>The id of the last request that was answered.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the last response.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How often a request was sent, or tried to be.</summary>
    public int Attempts { get; init; }

    /// <summary>From the start of the first attempt to the end of the last; zero if nothing was sent.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The exception of a failure that is no response; null if there was none.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The route of a failed connection; null if one was made or none was tried.</summary>
    internal ConnectionRoute? Route { get; init; }
}
