using IotCard.Client.Cards;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>What became of a row, and how it is known.</summary>
public sealed record RowOutcome
{
    /// <summary>The row.</summary>
    public required BindingRow Row { get; init; }

    /// <summary>What became of it.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary><c>OK</c>, the code of the answer, or the stable name of what else happened.</summary>
    public required string Code { get; init; }

    /// <summary>How the last attempt ended, where that says more than <see cref="Code"/>: why an outcome is unknown.</summary>
    public string? Reason { get; init; }

    /// <summary>What the service said, where it said something.</summary>
    public string? Message { get; init; }

    /// <summary>The id of the last request that was answered.</summary>
    public string? RequestId { get; init; }

    /// <summary>The HTTP status of the last answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>How often a request was sent, or tried to be.</summary>
    public int Attempts { get; init; }

    /// <summary>From the first attempt's start to the last one's end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>When it was settled, UTC.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>Whether the end holds for every further request of the run as well, so that none should be sent.</summary>
    public bool IsFatal { get; init; }

    /// <summary>What the transport said, where it failed.</summary>
    public Exception? Cause { get; init; }

    /// <summary>Whether it is a verdict of the service.</summary>
    internal bool IsOfTheService =>
        Code is OutcomeCode.Ok or OutcomeCode.ModificationFailed || Code.StartsWith(ServiceCode.Prefix, StringComparison.Ordinal);

    /// <summary>The outcome of a row that was not sent.</summary>
    /// <param name="row">The row.</param>
    /// <param name="code">Why not.</param>
    /// <param name="now">The time, UTC.</param>
    /// <returns>A failure without an attempt.</returns>
    public static RowOutcome NotSent(BindingRow row, string code, DateTimeOffset now) =>
        new() { Row = row, Verdict = Verdict.Failed, Code = code, CompletedAt = now };

    /// <summary>The outcome of a row of which nobody can tell what became of it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="reason">Why not.</param>
    /// <returns>An unknown outcome; who settles it says when.</returns>
    public static RowOutcome Unknown(BindingRow row, string reason) =>
        new() { Row = row, Verdict = Verdict.Unknown, Code = OutcomeCode.OutcomeUnknown, Reason = reason, CompletedAt = default };
}
