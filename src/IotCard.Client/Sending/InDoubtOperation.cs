using IotCard.Client.Cards;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// An operation whose response was lost, with the one request that may ever be sent for it. Nothing in it can sign, and
/// nothing that resolves it is given anything that can.
/// </summary>
internal sealed class InDoubtOperation
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _age;
    private readonly long _since;

    /// <summary>Begins to be in doubt.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">The request whose response was lost.</param>
    /// <param name="reason">Why it is in doubt.</param>
    /// <param name="clock">Measures its age from now on, so that a change of this machine's clock does not matter.</param>
    /// <param name="age">How long ago the request was first sent.</param>
    internal InDoubtOperation(BindingRow row, SignedRequest request, string reason, TimeProvider clock, TimeSpan age)
    {
        Row = row;
        Request = request;
        Reason = reason;
        _clock = clock;
        _age = age;
        _since = clock.GetTimestamp();
    }

    internal BindingRow Row { get; }

    internal SignedRequest Request { get; }

    internal string Reason { get; }

    /// <summary>How long ago the request was first sent.</summary>
    internal TimeSpan Age => _age + InDoubtFor;

    /// <summary>For how long this run has known that the operation is in doubt.</summary>
    internal TimeSpan InDoubtFor => _clock.GetElapsedTime(_since);

    internal bool IsTooOld => Age > RetryPolicy.SafeAge;

    /// <summary>What became of it, by the response to a later sending of the same request.</summary>
    internal RowOutcome ResolveWith(AttemptResult result)
    {
        var outcome = RowOutcome.From(Row, result);
        return result.Certainty == ExecutionCertainty.Answered
            ? outcome.MayBeOfEarlierExecution ? outcome with { Status = OutcomeStatus.Unknown } : outcome
            : outcome with
            {
                Status = OutcomeStatus.Unknown,
                Code = OutcomeCode.OutcomeUnknown,
                Reason = result.Status == AttemptStatus.NonceUsed ? result.Code : Reason,

                // An expired token ends this row, whose request cannot be signed anew; others can, with a new token.
                IsFatal = result.Status == AttemptStatus.Fatal,
            };
    }

    /// <summary>What is known of it where it is not sent again for now.</summary>
    internal RowOutcome Suspend() => RowOutcome.Unknown(Row, Reason) with { MayBeResent = !IsTooOld };
}
