using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>What holds for an operation that may have been executed: its response was lost, or an earlier run left it open or Unknown.</summary>
internal static class DoubtRules
{
    /// <summary>
    /// How long after its first sending a request may be resent. The gateway accepts a timestamp, and remembers a
    /// nonce, for 15 minutes; five of them allow for clock differences and time in transit.
    /// </summary>
    internal static readonly TimeSpan SafeAge = TimeSpan.FromMinutes(10);

    /// <summary>Whether a request of this age may be resent, to the byte.</summary>
    internal static bool MayResend(TimeSpan age) => age <= SafeAge;

    /// <summary>Whether a recorded request may be resent, to the byte.</summary>
    internal static bool MayResend(RecordedIntent intent, DateTimeOffset now) => MayResend(intent.AgeAt(now));

    /// <summary>
    /// Whether the service would respond like this to an operation that was executed before: that the binding does not
    /// exist, or that nothing was modified. Neither settles an operation that may have arrived before.
    /// </summary>
    internal static bool MayReflectEarlierExecution(RowOutcome outcome) =>
        outcome is { Status: OutcomeStatus.Failed, Code: ServiceCode.BindingDoesNotExist or OutcomeCode.ModificationFailed };

    /// <summary>What the response to a resend settles: nothing but an answer to the operation ends the doubt.</summary>
    /// <param name="row">The row.</param>
    /// <param name="resend">The result of the resend.</param>
    /// <param name="reason">Why the operation is in doubt.</param>
    internal static RowOutcome ConcludeResend(BindingRow row, AttemptResult resend, string reason)
    {
        var outcome = AttemptRules.Conclude(row, resend);
        return resend.Certainty == ExecutionCertainty.Answered
            ? KeepDoubt(outcome)
            : outcome with
            {
                Status = OutcomeStatus.Unknown,
                Code = OutcomeCode.OutcomeUnknown,
                Reason = resend.Status == AttemptStatus.NonceUsed ? resend.Code : reason,
            };
    }

    /// <summary>
    /// What becomes of a row that an earlier run may have executed. It has not failed just because this run could not
    /// reach the service, nor because the service no longer finds the binding. It stays in doubt, in the journal too,
    /// where a failure would let the next run send it again unasked.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="outcome">How it ended in this run.</param>
    internal static RowOutcome Conclude(Row row, RowOutcome outcome)
    {
        if (!row.IsInDoubt || outcome.Status != OutcomeStatus.Failed)
        {
            return outcome;
        }

        return outcome.IsFromService
            ? KeepDoubt(outcome)
            : outcome with
            {
                Status = OutcomeStatus.Unknown,
                Code = OutcomeCode.OutcomeUnknown,
                Reason = outcome.Code,
                MayBeResent = row.Resumed is not null,
            };
    }

    private static RowOutcome KeepDoubt(RowOutcome outcome) =>
        MayReflectEarlierExecution(outcome) ? outcome with { Status = OutcomeStatus.Unknown } : outcome;
}
