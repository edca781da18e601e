using System.Management.Automation;
using IotCard.Client.Sanitizing;
using IotCard.Client.Sending;

namespace IotCard;

/// <summary>
/// The result of one row of input. Its properties have the names of the commands' parameters, so that results can be
/// piped: a rebind's results into <c>Remove-IotCardBinding</c>, failures into the same command again.
/// </summary>
public sealed class BindingResult
{
    private readonly DateTimeOffset _completedAt;

    internal BindingResult(RowOutcome outcome, string? message, bool isFromJournal)
    {
        // Even a refused cell is shown, and anyone may have written a journal's line.
        var row = outcome.Row;
        Row = row.RowNumber;
        Iccid = SafeText.Clean(row.Iccid);
        Operation = row.Operation.ToString();
        NewImei = SafeText.Clean(row.NewImei);
        Outcome = outcome.Status.ToString();
        (Imei, PreviousImei) = outcome.Status == OutcomeStatus.Succeeded ? (SafeText.Clean(row.NewImei), SafeText.Clean(row.Imei)) : (SafeText.Clean(row.Imei), null);
        Code = SafeText.CleanCell(outcome.Code)!;
        Message = SafeText.CleanCell(message);
        RequestId = SafeText.CleanCell(outcome.RequestId);
        Attempts = outcome.Attempts;
        Elapsed = outcome.Elapsed;
        _completedAt = outcome.CompletedAt;
        FromJournal = isFromJournal;
    }

    /// <summary>The row's position in the input, from 1; 0 if a journal does not record it.</summary>
    public long Row { get; }

    /// <summary>The card's ICCID, as in the row.</summary>
    public string Iccid { get; }

    /// <summary>The operation: <c>Rebind</c> or <c>Unbind</c>. Text, so that it equals its name after any export.</summary>
    public string Operation { get; }

    /// <summary>
    /// The IMEI that the card is now bound to, as far as known: after a rebind the new one, after an unbind null,
    /// otherwise the row's.
    /// </summary>
    public string? Imei { get; }

    /// <summary>After a success, the IMEI that the card was bound to before; otherwise null.</summary>
    public string? PreviousImei { get; }

    /// <summary>The IMEI that the card was to be bound to; null for an unbind.</summary>
    public string? NewImei { get; }

    /// <summary>
    /// The outcome: <c>Succeeded</c>, <c>Failed</c> (not executed) or <c>Unknown</c> (do not send the row again without
    /// finding out). Text, so that it equals its name after any export.
    /// </summary>
    public string Outcome { get; }

    /// <summary><c>OK</c>, the service's error code, or the module's own; also the id of the row's error.</summary>
    public string Code { get; }

    /// <summary>What happened, as text; the service's own message, if any.</summary>
    public string? Message { get; }

    /// <summary>The id of the last request that was answered, for support tickets.</summary>
    public string? RequestId { get; }

    /// <summary>How often a request was sent, or tried to be; 0 for a row that was not sent.</summary>
    public int Attempts { get; }

    /// <summary>From the start of the first attempt to the end of the last; zero for a row that was not sent.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>When the outcome was known, UTC: a <see cref="DateTimeOffset"/> whose text is the same in every culture.</summary>
    public PSObject CompletedAt => RoundTripTime.Create(_completedAt);

    /// <summary>Whether the result was read from the journal of an earlier run instead of being sent in this one.</summary>
    public bool FromJournal { get; }

    /// <summary>The card, the operation and the outcome.</summary>
    /// <returns>Such as <c>89860… Rebind Succeeded</c>.</returns>
    public override string ToString() => $"{Iccid} {Operation} {Outcome}";
}
