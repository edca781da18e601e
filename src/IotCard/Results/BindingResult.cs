using IotCard.Client.Cards;
using IotCard.Client.Sending;

namespace IotCard;

/// <summary>
/// What became of one row of input. Its properties have the names of the commands' parameters, so that results pipe on:
/// a rebind's results into <c>Remove-IotCardBinding</c>, failures into the same command again.
/// </summary>
public sealed class BindingResult
{
    internal BindingResult(RowOutcome outcome, string? message, bool isFromJournal)
    {
        var row = outcome.Row;
        Iccid = row.Iccid;
        Operation = row.Operation == BindingOperation.Rebind ? Operation.Rebind : Operation.Unbind;
        NewImei = row.NewImei;
        Outcome = outcome.Verdict switch
        {
            Verdict.Succeeded => Outcome.Succeeded,
            Verdict.Failed => Outcome.Failed,
            _ => Outcome.Unknown,
        };
        (Imei, PreviousImei) = Outcome == Outcome.Succeeded ? (row.NewImei, row.Imei) : (row.Imei, null);
        Code = outcome.Code;
        Message = message;
        RequestId = outcome.RequestId;
        Attempts = outcome.Attempts;
        Elapsed = outcome.Elapsed;
        CompletedAt = outcome.CompletedAt;
        FromJournal = isFromJournal;
    }

    /// <summary>The card's ICCID, as the row named it.</summary>
    public string Iccid { get; }

    /// <summary>What was to be done.</summary>
    public Operation Operation { get; }

    /// <summary>
    /// The IMEI that the card is bound to now, as far as is known: after a rebind the new one, after an unbind null,
    /// after anything else the one that the row named.
    /// </summary>
    public string? Imei { get; }

    /// <summary>After a success, the IMEI that the card was bound to before; otherwise null.</summary>
    public string? PreviousImei { get; }

    /// <summary>The IMEI that the card was to be bound to; null for an unbind.</summary>
    public string? NewImei { get; }

    /// <summary>What became of the row.</summary>
    public Outcome Outcome { get; }

    /// <summary><c>OK</c>, the service's error code, or the module's own; the same as the id of the error that reports it.</summary>
    public string Code { get; }

    /// <summary>What happened, in words; the service's own where it said something.</summary>
    public string? Message { get; }

    /// <summary>The id of the last request that was answered, for support tickets.</summary>
    public string? RequestId { get; }

    /// <summary>How often a request was sent, or tried to be; 0 for a row that was not sent.</summary>
    public int Attempts { get; }

    /// <summary>From the first attempt's start to the last one's end; zero for a row that was not sent.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>When the row was settled, UTC.</summary>
    public DateTimeOffset CompletedAt { get; }

    /// <summary>Whether the result was read from the journal of an earlier run instead of being sent in this one.</summary>
    public bool FromJournal { get; }

    /// <summary>Names the card, the operation and the outcome.</summary>
    /// <returns>Such as <c>89860… Rebind Succeeded</c>.</returns>
    public override string ToString() => $"{Iccid} {Operation} {Outcome}";
}
