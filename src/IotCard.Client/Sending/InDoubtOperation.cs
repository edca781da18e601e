using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// An operation whose response was lost, with the only request that may ever be sent for it. It cannot sign, and
/// neither can anything that resolves it.
/// </summary>
internal sealed class InDoubtOperation
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _age;
    private readonly long _since;

    /// <summary>Creates an in-doubt operation.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">The request whose response was lost.</param>
    /// <param name="reason">Why it is in doubt.</param>
    /// <param name="clock">Measures the age from now on, so that changes of this machine's clock do not matter.</param>
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

    /// <summary>The time since the request was first sent.</summary>
    internal TimeSpan Age => _age + InDoubtFor;

    /// <summary>The time for which this run has known that the operation is in doubt.</summary>
    internal TimeSpan InDoubtFor => _clock.GetElapsedTime(_since);

    internal bool IsTooOld => !DoubtRules.MayResend(Age);

    /// <summary>The outcome, by the response to a resend of the same request.</summary>
    internal RowOutcome ResolveWith(AttemptResult result) => DoubtRules.ConcludeResend(Row, result, Reason);

    /// <summary>The outcome as known if the operation is not resent for now.</summary>
    internal RowOutcome Suspend() => RowOutcome.Unknown(Row, Reason) with { MayBeResent = !IsTooOld };
}
