using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>
/// What follows from the end of an attempt. Trying again means a request that is signed anew as long as nothing can have
/// been executed, and the same request, byte for byte, once that is in doubt. How often and after how long is not decided
/// here.
/// </summary>
internal static class AttemptRules
{
    /// <summary>What follows an attempt of an operation of which nothing can have been executed before.</summary>
    internal static AttemptStep AfterNewRequest(AttemptResult result) => result.Status switch
    {
        AttemptStatus.NotConnected => AttemptStep.Retry,
        AttemptStatus.Throttled => AttemptStep.Wait,
        AttemptStatus.ClockRefused => AttemptStep.CorrectClock,
        AttemptStatus.TokenExpired => AttemptStep.RenewToken,
        AttemptStatus.Lost => AttemptStep.Resolve,
        _ => AttemptStep.End,
    };

    /// <summary>What follows an attempt of a query: it changes nothing, so a lost response is just a failed attempt.</summary>
    internal static AttemptStep AfterQuery(AttemptResult result) =>
        result.Certainty == ExecutionCertainty.NotKnown ? AttemptStep.Retry : AfterNewRequest(result);

    /// <summary>
    /// What follows an attempt of an operation that is in doubt. Neither clock nor token can be corrected: that would be
    /// another request.
    /// </summary>
    internal static AttemptStep AfterResend(AttemptResult result) => result.Status switch
    {
        AttemptStatus.Lost or AttemptStatus.NotConnected => AttemptStep.Retry,
        AttemptStatus.Throttled => AttemptStep.Wait,
        _ => AttemptStep.End,
    };

    /// <summary>The outcome of an operation of which nothing can have been executed before its last attempt.</summary>
    internal static RowOutcome Conclude(BindingRow row, AttemptResult result)
    {
        var (status, code, reason) = result.Certainty switch
        {
            ExecutionCertainty.Answered => FromResponse(result.Response!),
            ExecutionCertainty.NotExecuted when result.Status == AttemptStatus.NotSent => (OutcomeStatus.Failed, OutcomeCode.NotSent, result.Code),
            ExecutionCertainty.NotExecuted => (OutcomeStatus.Failed, result.Code, result.Reason ?? result.Code),
            _ => (OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown, result.Code),
        };
        return new RowOutcome
        {
            Row = row,
            Status = status,
            Code = code,
            Reason = reason,
            Message = result.Response?.Message,
            RequestId = result.Response?.RequestId,
            HttpStatus = result.HttpStatus,
            CompletedAt = default,
            Cause = result.Cause,
            Route = result.Route,
        };
    }

    /// <summary>
    /// Only <c>Code</c> OK with <c>IsModSuccess</c> true is a success; the published success sample has the message
    /// <c>ServiceUnavailable</c>. A service that fails may have executed the operation before.
    /// </summary>
    private static (OutcomeStatus Status, string Code, string Reason) FromResponse(ServiceResponse response) =>
        (response.Code, response.IsModSuccess) switch
        {
            (ServiceCode.Ok, true) => (OutcomeStatus.Succeeded, OutcomeCode.Ok, OutcomeCode.Ok),
            (ServiceCode.Ok, false) => (OutcomeStatus.Failed, OutcomeCode.ModificationFailed, response.Code),
            (ServiceCode.Ok, null) => (OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown, OutcomeCode.ResponseWithoutVerdict),
            (ServiceCode.SystemError, _) => (OutcomeStatus.Unknown, response.Code, response.Code),
            _ => (OutcomeStatus.Failed, response.Code, response.Code),
        };
}
