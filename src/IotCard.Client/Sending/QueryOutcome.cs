using IotCard.Client.Http;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>What a query gave. It is never in doubt: it has an answer, or a reason why it has none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
internal sealed record QueryOutcome<T>
{
    /// <summary>What was asked for; the default where there is no answer.</summary>
    internal T? Value { get; init; }

    /// <summary><c>OK</c>, the code of the response, or the stable name of what else happened.</summary>
    internal required string Code { get; init; }

    /// <summary>What says more than <see cref="Code"/>.</summary>
    internal string? Reason { get; init; }

    /// <summary>What the service said, where it said something.</summary>
    internal string? Message { get; init; }

    /// <summary>The id of the last request that was answered.</summary>
    internal string? RequestId { get; init; }

    /// <summary>The HTTP status of the last response.</summary>
    internal int? HttpStatus { get; init; }

    /// <summary>How often a request was sent, or tried to be.</summary>
    internal int Attempts { get; init; }

    /// <summary>From the first attempt's start to the last one's end; zero where nothing was sent.</summary>
    internal TimeSpan Elapsed { get; init; }

    /// <summary>Whether the service itself has refused to answer, so that asking otherwise may help.</summary>
    internal bool IsRefusedByService { get; init; }

    /// <summary>What the transport said, where it failed.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>Where no connection came about; null where one did, or nothing was tried.</summary>
    internal ConnectionRoute? Route { get; init; }

    /// <summary>Whether there is an answer.</summary>
    internal bool IsAnswered => Code == OutcomeCode.Ok;

    /// <summary>Makes the outcome of a query whose last attempt ended so.</summary>
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
