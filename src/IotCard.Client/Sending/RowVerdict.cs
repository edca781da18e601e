using IotCard.Client.Cards;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>What an attempt's end makes of a row, where it is the last one.</summary>
internal static class RowVerdict
{
    internal static RowOutcome Of(BindingRow row, AttemptResult end)
    {
        var (verdict, code) = end.Certainty switch
        {
            ExecutionCertainty.Answered => OfResponse(end.Response!),
            ExecutionCertainty.NotExecuted => (Verdict.Failed, end.Code),
            _ => (Verdict.Unknown, OutcomeCode.OutcomeUnknown),
        };
        return new RowOutcome
        {
            Row = row,
            Verdict = verdict,
            Code = code,
            Reason = verdict == Verdict.Unknown && end.Certainty == ExecutionCertainty.Answered ? OutcomeCode.ResponseWithoutVerdict : end.Code,
            Message = end.Response?.Message,
            RequestId = end.Response?.RequestId,
            HttpStatus = end.HttpStatus,
            CompletedAt = default,
            IsFatal = end.Kind is AttemptStatus.Fatal or AttemptStatus.TokenExpired,
            Cause = end.Cause,
        };
    }

    /// <summary>
    /// A success is <c>Code</c> OK and <c>IsModSuccess</c> true, and nothing else; the published success sample
    /// carries the message <c>ServiceUnavailable</c>.
    /// </summary>
    private static (Verdict Verdict, string Code) OfResponse(ServiceResponse answer) =>
        (answer.Code, answer.IsModSuccess) switch
        {
            ("OK", true) => (Verdict.Succeeded, OutcomeCode.Ok),
            ("OK", false) => (Verdict.Failed, OutcomeCode.ModificationFailed),
            ("OK", null) => (Verdict.Unknown, OutcomeCode.OutcomeUnknown),
            _ => (Verdict.Failed, answer.Code),
        };
}
