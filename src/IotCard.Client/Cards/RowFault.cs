namespace IotCard.Client.Cards;

/// <summary>What is wrong with a row.</summary>
/// <param name="Reason">Why it is refused.</param>
/// <param name="Field">Which cell is at fault: <c>Iccid</c>, <c>Imei</c> or <c>NewImei</c>.</param>
/// <param name="Value">The cell's text.</param>
/// <param name="Position">The position of the first invalid character, from 0, if a character is the reason.</param>
public sealed record RowFault(RowFaultReason Reason, string Field, string Value, int Position = 0)
{
    /// <summary>The stable name of the fault, which is also the id of the error that reports it.</summary>
    public string Code => Reason switch
    {
        RowFaultReason.SpreadsheetNumber => "SpreadsheetNumber",
        RowFaultReason.Rounded => "SpreadsheetRounded",
        RowFaultReason.LeadingZeroLost => "LeadingZeroLost",
        RowFaultReason.CheckDigit => "ImeiCheckDigit",
        RowFaultReason.SameImei => "SameImei",
        _ => Field == nameof(BindingRow.Iccid) ? "InvalidIccid" : "InvalidImei",
    };
}
