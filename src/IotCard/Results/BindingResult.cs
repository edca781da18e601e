using System.Management.Automation;
using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;

namespace IotCard;

/// <summary>
/// The result of one row of input. Its properties have the names of the commands' parameters, so that results can be
/// piped: a rebind's results into <c>Remove-IotCardBinding</c>, failures into the same command again.
/// </summary>
public sealed class BindingResult
{
    private readonly TimeSpan _elapsed;
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
        _elapsed = outcome.Elapsed;
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

    /// <summary>
    /// Seconds from the start of the first attempt to the end of the last, to the millisecond: a <see cref="double"/>;
    /// 0 for a row that was not sent.
    /// </summary>
    public PSObject Elapsed => PortableValue.Seconds(_elapsed);

    /// <summary>When the outcome was known: a <see cref="DateTime"/> in UTC.</summary>
    public PSObject CompletedAt => PortableValue.Time(_completedAt);

    /// <summary>Whether the result was read from the journal of an earlier run instead of being sent in this one.</summary>
    public bool FromJournal { get; }

    /// <summary>
    /// The result as a command writes it. Type names tell the views which rows need more than plain text, so that a
    /// plain success, the usual row, is shown without running a script.
    /// </summary>
    internal PSObject ToOutput()
    {
        var output = new PSObject(this);
        if (FromJournal)
        {
            output.TypeNames.Insert(0, TypeName(nameof(FromJournal)));
        }

        if (Outcome != nameof(OutcomeStatus.Succeeded))
        {
            output.TypeNames.Insert(0, TypeName(Outcome));
        }

        return output;
    }

    /// <summary>The result as an entry of a journal: shown with the time, which says how old an unknown outcome is.</summary>
    internal PSObject ToJournalEntry()
    {
        var entry = ToOutput();
        entry.TypeNames.Insert(0, TypeName("Journal"));
        return entry;
    }

    /// <summary>The card, the operation and the outcome.</summary>
    /// <returns>Such as <c>89860… Rebind Succeeded</c>.</returns>
    public override string ToString() => $"{Iccid} {Operation} {Outcome}";

    private static string TypeName(string kind) => $"{typeof(BindingResult).FullName}#{kind}";
}
