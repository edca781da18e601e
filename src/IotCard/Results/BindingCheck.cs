using IotCard.Client.Rules;
using IotCard.Client.Sanitizing;

namespace IotCard;

/// <summary>
/// What would be done with a row. Its property names are parameter names, so that rows can be piped into the command
/// that sends them.
/// </summary>
public sealed class BindingCheck
{
    internal BindingCheck(Row row, string? message)
    {
        var binding = row.Decision.Sends ? row.Binding : row.Binding.AsEntered();
        Row = binding.RowNumber;
        Iccid = SafeText.Clean(binding.Iccid);
        Operation = binding.Operation.ToString();
        Imei = SafeText.Clean(binding.Imei);
        NewImei = binding.NewImei is { } newImei ? SafeText.Clean(newImei) : null;
        Action = row.Decision.Action.ToString();
        Code = SafeText.CleanCell(row.Decision.Code);
        Message = SafeText.CleanCell(message);
    }

    /// <summary>The row's position in the input, from 1.</summary>
    public long Row { get; }

    /// <summary>The card's ICCID.</summary>
    public string Iccid { get; }

    /// <summary>The operation: <c>Rebind</c> or <c>Unbind</c>.</summary>
    public string Operation { get; }

    /// <summary>The IMEI that the card is bound to according to the row.</summary>
    public string Imei { get; }

    /// <summary>The IMEI of the new device; null for an unbind.</summary>
    public string? NewImei { get; }

    /// <summary>
    /// <c>Send</c>; <c>Resume</c> for a request of an earlier run that is sent again; <c>AlreadyDone</c> according to the journal or the service; <c>Refuse</c> for what should not or
    /// cannot be sent; <c>Unknown</c> if a person has to find out more first.
    /// </summary>
    public string Action { get; }

    /// <summary>The reason, as a stable name; null if the row is to be sent without remarks.</summary>
    public string? Code { get; }

    /// <summary>The reason, as text.</summary>
    public string? Message { get; }

    /// <summary>The card, the operation and the action.</summary>
    /// <returns>Such as <c>89860… Rebind Send</c>.</returns>
    public override string ToString() => $"{Iccid} {Operation} {Action}";
}
