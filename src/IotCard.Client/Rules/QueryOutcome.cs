
namespace IotCard.Client.Rules;

/// <summary>The outcome of a query. It is never in doubt: there is a result, or a reason why there is none.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed record QueryOutcome<T>
{
    /// <summary>The result; the default if there is none.</summary>
    internal T? Value { get; init; }

    /// <summary><c>OK</c>, the response's code, or the stable name of another cause.</summary>
    internal required string Code { get; init; }

    /// <summary>Adds to <see cref="Code"/>.</summary>
    internal string? Reason { get; init; }

    /// <summary>The service's message, if any.</summary>
    internal string? Message { get; init; }

    /// <summary>The id of the last request that was answered.</summary>
    internal string? RequestId { get; init; }

    /// <summary>The HTTP status of the last response.</summary>
    internal int? HttpStatus { get; init; }

    /// <summary>How often a request was sent, or tried to be.</summary>
    internal int Attempts { get; init; }

    /// <summary>From the start of the first attempt to the end of the last; zero if nothing was sent.</summary>
    internal TimeSpan Elapsed { get; init; }

    /// <summary>Whether the service itself has refused the query, so that a different query may help.</summary>
    internal bool IsRefusedByService { get; init; }

    /// <summary>The transport's exception, if it failed.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>The route of a failed connection; null if one was made or none was tried.</summary>
    internal ConnectionRoute? Route { get; init; }

    /// <summary>Whether there is a result.</summary>
    internal bool IsAnswered => Code == OutcomeCode.Ok;

    /// <summary>Creates the outcome of a query from its last attempt.</summary>
    internal static QueryOutcome<T> From(AttemptResult result)
    {
        var isAnswered = result.Status == AttemptStatus.Answered;
        var (isThere, value) = result.Response?.Payload is T payload ? (true, payload) : (false, default(T));
        var (code, reason) =
            result.Status == AttemptStatus.NotSent ? (OutcomeCode.NotSent, result.Code)
            : isAnswered && result.Code == ServiceCode.Ok && !isThere ? (OutcomeCode.EmptyResponse, null)
            : (result.Code, result.Reason);
        return new QueryOutcome<T>
        {
            Value = value,
            Code = code,
            Reason = reason,
            Message = result.Response?.Message,
            RequestId = result.Response?.RequestId,
            HttpStatus = result.HttpStatus,
            IsRefusedByService = isAnswered && code != OutcomeCode.Ok,
            Cause = result.Cause,
            Route = result.Route,
        };
    }
}
