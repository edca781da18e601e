using IotCard.Client.Cards;
using IotCard.Client.Http;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>What became of a row, and how it is known.</summary>
public sealed record RowOutcome
{
    /// <summary>The row.</summary>
    public required BindingRow Row { get; init; }

    /// <summary>What became of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary><c>OK</c>, the code of the response, or the stable name of what else happened.</summary>
    public required string Code { get; init; }

    /// <summary>What says more than <see cref="Code"/>: why an outcome is unknown, or what stopped the run before the row was sent.</summary>
    public string? Reason { get; init; }

    /// <summary>What the service said, where it said something.</summary>
    public string? Message { get; init; }

    /// <summary>The id of the last request that was answered.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the last response.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How often a request was sent, or tried to be.</summary>
    public int Attempts { get; init; }

    /// <summary>From the first attempt's start to the last one's end; zero where nothing was sent.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When it was settled, UTC.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Whether every further request of the run would end the same way, so that none should be sent.</summary>
    public bool IsFatal { get; init; }

    /// <summary>
    /// Whether the row is in doubt and its request may still be sent again, by this run's successor: the journal then keeps
    /// the row open.
    /// </summary>
    public bool MayBeResent { get; init; }

    /// <summary>What the transport said, where it failed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Where no connection came about; null where one did, or nothing was tried.</summary>
    internal ConnectionRoute? Route { get; init; }

    /// <summary>Whether the service itself has said so, and not the gateway or this machine.</summary>
    internal bool IsOfTheService =>
        Code is OutcomeCode.Ok or OutcomeCode.ModificationFailed || Code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal);

    /// <summary>
    /// Whether the service would say the same of an operation that was carried out before: that there is no such binding,
    /// or that it modified nothing. Neither settles an operation that may have arrived before.
    /// </summary>
    internal bool MayBeOfEarlierExecution =>
        Verdict == Verdict.Failed && Code is ServiceCode.BindingDoesNotExist or OutcomeCode.ModificationFailed;

    /// <summary>Makes the outcome of a row that was not sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="code">Why not.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="reason">What stopped the run, where <paramref name="code"/> does not say it.</param>
    /// <returns>A failure without an attempt.</returns>
    public static RowOutcome NotSent(BindingRow row, string code, DateTimeOffset now, string? reason = null) =>
        new() { Row = row, Verdict = Verdict.Failed, Code = code, Reason = reason, CompletedAt = now };

    /// <summary>Makes the outcome of a row of which nobody can tell what became of it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="reason">Why not.</param>
    /// <returns>An unknown outcome; whoever completes it says when.</returns>
    public static RowOutcome Unknown(BindingRow row, string reason) =>
        new() { Row = row, Verdict = Verdict.Unknown, Code = OutcomeCode.OutcomeUnknown, Reason = reason, CompletedAt = default };

    /// <summary>Makes the outcome of a row whose last attempt ended so.</summary>
    internal static RowOutcome From(BindingRow row, AttemptResult result)
    {
        var (verdict, code, reason) = result.Certainty switch
        {
            ExecutionCertainty.Answered => FromResponse(result.Response!),
            ExecutionCertainty.NotExecuted when result.Status == AttemptStatus.NotSent => (Verdict.Failed, OutcomeCode.NotSent, result.Code),
            ExecutionCertainty.NotExecuted => (Verdict.Failed, result.Code, result.Reason ?? result.Code),
            _ => (Verdict.Unknown, OutcomeCode.OutcomeUnknown, result.Code),
        };
        return new RowOutcome
        {
            Row = row,
            Verdict = verdict,
            Code = code,
            Reason = reason,
            Message = result.Response?.Message,
            RequestId = result.Response?.RequestId,
            HttpStatus = result.HttpStatus,
            CompletedAt = default,
            IsFatal = result.Status is AttemptStatus.Fatal or AttemptStatus.TokenExpired,
            Cause = result.Cause,
            Route = result.Route,
        };
    }

    /// <summary>
    /// A success is <c>Code</c> OK and <c>IsModSuccess</c> true, and nothing else; the published success sample carries the
    /// message <c>ServiceUnavailable</c>. A service that broke may have done its work before.
    /// </summary>
    private static (Verdict Verdict, string Code, string Reason) FromResponse(ServiceResponse response) =>
        (response.Code, response.IsModSuccess) switch
        {
            ("OK", true) => (Verdict.Succeeded, OutcomeCode.Ok, OutcomeCode.Ok),
            ("OK", false) => (Verdict.Failed, OutcomeCode.ModificationFailed, response.Code),
            ("OK", null) => (Verdict.Unknown, OutcomeCode.OutcomeUnknown, OutcomeCode.ResponseWithoutVerdict),
            (ServiceCode.SystemError, _) => (Verdict.Unknown, response.Code, response.Code),
            _ => (Verdict.Failed, response.Code, response.Code),
        };
}
