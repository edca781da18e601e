namespace IotCard.Client.Rules;

/// <summary>The outcome of a query. It is never in doubt: there is a result, or a reason why there is none.</summary>
/// <typeparam name="T">The type of the result.</typeparam>
internal sealed record QueryOutcome<T> : Outcome
{
    /// <summary>The result; the default if there is none.</summary>
    internal T? Value { get; init; }

    /// <summary>Whether the service itself has refused the query, so that a different query may help.</summary>
    internal bool IsRefusedByService { get; init; }

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
