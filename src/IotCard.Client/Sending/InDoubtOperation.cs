using IotCard.Client.Cards;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// An operation whose answer was lost, with the one request that may ever be sent for it. Nothing in it can sign, and
/// nothing that settles it is given anything that can.
/// </summary>
internal sealed class InDoubtOperation
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _age;
    private readonly long _since;

    /// <summary>Begins a doubt.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">The request whose answer was lost.</param>
    /// <param name="reason">Why it is in doubt.</param>
    /// <param name="clock">Measures its age from now on, so that a change of this machine's clock does not matter.</param>
    /// <param name="age">How long ago it was first sent.</param>
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

    internal TimeSpan Age => _age + _clock.GetElapsedTime(_since);

    /// <summary>What became of it, by the answer to a later sending of the same request.</summary>
    internal RowOutcome ResolveWith(AttemptResult end)
    {
        var outcome = RowVerdict.Of(Row, end);
        if (end.Certainty == ExecutionCertainty.Answered && !MayBeOfTheSecondArrival(outcome))
        {
            return outcome;
        }

        return outcome with
        {
            Verdict = Verdict.Unknown,
            Code = OutcomeCode.OutcomeUnknown,
            Reason = end.Kind is AttemptStatus.NonceUsed or AttemptStatus.Answered ? end.Code : Reason,

            // An expired token ends this row, whose request cannot be signed anew; others can, with a new token.
            IsFatal = end.Kind == AttemptStatus.Fatal,
        };
    }

    /// <summary>
    /// A gateway that has forgotten the nonce passes the request on, and the service then says of an operation that was
    /// carried out the first time that there is no such binding, or that it modified nothing. Neither settles a doubt.
    /// </summary>
    private static bool MayBeOfTheSecondArrival(RowOutcome outcome) =>
        outcome.Code is ServiceCode.BindingDoesNotExist or OutcomeCode.ModificationFailed;
}
