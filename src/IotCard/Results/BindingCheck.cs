using IotCard.Client.Cards;

namespace IotCard;

/// <summary>What would become of a row. Its property names are parameter names, so that rows pipe on into the command that sends them.</summary>
public sealed class BindingCheck
{
    internal BindingCheck(BindingRow row, RowAssessment assessment)
    {
        Row = row.RowNumber;
        Iccid = row.Iccid;
        Operation = row.Operation.ToString();
        Imei = row.Imei;
        NewImei = row.NewImei;
        Action = assessment.Action;
        Code = assessment.Code;
        Message = assessment.Message;
    }

    /// <summary>The row's place in the input, from 1.</summary>
    public long Row { get; }

    /// <summary>The card's ICCID.</summary>
    public string Iccid { get; }

    /// <summary>What is to be done: <c>Rebind</c> or <c>Unbind</c>.</summary>
    public string Operation { get; }

    /// <summary>The IMEI that the row says the card is bound to.</summary>
    public string Imei { get; }

    /// <summary>The IMEI of the new device; null for an unbind.</summary>
    public string? NewImei { get; }

    /// <summary>
    /// <c>Send</c>; <c>AlreadyDone</c>, which the journal or the service says; <c>Refuse</c>, which should not or cannot
    /// be sent; <c>Unknown</c>, of which somebody has to find out more first.
    /// </summary>
    public string Action { get; }

    /// <summary>Why, by a stable name; null where the row is to be sent and nothing is to be said of it.</summary>
    public string? Code { get; }

    /// <summary>Why, in words.</summary>
    public string? Message { get; }

    /// <summary>Names the card, the operation and what would become of it.</summary>
    /// <returns>Such as <c>89860… Rebind Send</c>.</returns>
    public override string ToString() => $"{Iccid} {Operation} {Action}";
}
