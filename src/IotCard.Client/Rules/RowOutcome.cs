using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>How a row ended, and how that is known.</summary>
public sealed record RowOutcome
{
    /// <summary>The row.</summary>
    public required BindingRow Row { get; init; }

    /// <summary>How the row ended.</summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary><c>OK</c>, the response's code, or the stable name of another cause.</summary>
    public required string Code { get; init; }

    /// <summary>Adds to <see cref="Code"/>: why an outcome is unknown, or what stopped the run before the row was sent.</summary>
    public string? Reason { get; init; }

    /// <summary>The service's message, if any.</summary>
    public string? Message { get; init; }

    /// <summary>The id of the last request that was answered.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the last response.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How often a request was sent, or tried to be.</summary>
    public int Attempts { get; init; }

    /// <summary>From the start of the first attempt to the end of the last; zero if nothing was sent.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When the outcome was known, UTC.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Whether every further request of the run would end the same way, so that none should be sent.</summary>
    public bool IsFatal { get; init; }

    /// <summary>Whether the row is in doubt and a later run may still resend its request. The journal then keeps the row open.</summary>
    public bool MayBeResent { get; init; }

    /// <summary>How a row that was Unknown was settled afterwards; null for any other row.</summary>
    public RowResolution? Resolution { get; init; }

    /// <summary>The transport's exception, if it failed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>The route of a failed connection; null if one was made or none was tried.</summary>
    internal ConnectionRoute? Route { get; init; }

    /// <summary>Whether the service itself reported it, not the gateway or this machine.</summary>
    internal bool IsFromService =>
        Code is OutcomeCode.Ok or OutcomeCode.ModificationFailed || Code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal);

    /// <summary>
    /// Whether the service would respond like this to an operation that was executed before: that the binding does not
    /// exist, or that nothing was modified. Neither resolves an operation that may have arrived before.
    /// </summary>
    internal bool MayReflectEarlierExecution =>
        Status == OutcomeStatus.Failed && Code is ServiceCode.BindingDoesNotExist or OutcomeCode.ModificationFailed;

    /// <summary>Creates the outcome of a row that was not sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="code">Why not.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="reason">What stopped the run, if <paramref name="code"/> does not say so.</param>
    /// <returns>A failure without an attempt.</returns>
    public static RowOutcome NotSent(BindingRow row, string code, DateTimeOffset now, string? reason = null) =>
        new() { Row = row, Status = OutcomeStatus.Failed, Code = code, Reason = reason, CompletedAt = now };

    /// <summary>Creates the outcome of a row whose outcome is unknown.</summary>
    /// <param name="row">The row.</param>
    /// <param name="reason">Why it is unknown.</param>
    /// <returns>An unknown outcome, without a time of completion.</returns>
    public static RowOutcome Unknown(BindingRow row, string reason) =>
        new() { Row = row, Status = OutcomeStatus.Unknown, Code = OutcomeCode.OutcomeUnknown, Reason = reason, CompletedAt = default };

    /// <summary>Creates the outcome of a row from its last attempt.</summary>
    internal static RowOutcome From(BindingRow row, AttemptResult result)
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
            IsFatal = result.Status is AttemptStatus.Fatal or AttemptStatus.TokenExpired,
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
            ("OK", true) => (OutcomeStatus.Succeeded, OutcomeCode.Ok, OutcomeCode.Ok),
            ("OK", false) => (OutcomeStatus.Failed, OutcomeCode.ModificationFailed, response.Code),
            ("OK", null) => (OutcomeStatus.Unknown, OutcomeCode.OutcomeUnknown, OutcomeCode.ResponseWithoutVerdict),
            (ServiceCode.SystemError, _) => (OutcomeStatus.Unknown, response.Code, response.Code),
            _ => (OutcomeStatus.Failed, response.Code, response.Code),
        };
}
