using IotCard.Client.Cards;

namespace IotCard.Client.Rules;

/// <summary>How a row ended, and how that is known.</summary>
public sealed record RowOutcome : Outcome
{
    /// <summary>The row.</summary>
    public required BindingRow Row { get; init; }

    /// <summary>How the row ended.</summary>
    public required OutcomeStatus Status { get; init; }

    /// <summary>When the outcome was known, UTC.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Whether the row is in doubt and a later run may still resend its request. The journal then keeps the row open.</summary>
    public bool MayBeResent { get; init; }

    /// <summary>How a row that was Unknown was settled afterwards; null for any other row.</summary>
    public RowResolution? Resolution { get; init; }

    /// <summary>Whether the service itself reported it, not the gateway or this machine.</summary>
    internal bool IsFromService =>
        Code is OutcomeCode.Ok or OutcomeCode.ModificationFailed || Code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal);

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
}
