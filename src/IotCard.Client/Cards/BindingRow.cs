namespace IotCard.Client.Cards;

/// <summary>One row of input: an operation on a card, as the row names it. <see cref="RowCheck"/> tells whether it may be sent.</summary>
/// <param name="Operation">What is to be done.</param>
/// <param name="Iccid">The card's ICCID.</param>
/// <param name="Imei">The IMEI that the card is bound to now.</param>
/// <param name="NewImei">The IMEI of the new device; null for an unbind.</param>
public sealed record BindingRow(BindingOperation Operation, string Iccid, string Imei, string? NewImei)
{
    /// <summary>Makes a rebind from a row's cells, freed of surrounding blanks and a spreadsheet's leading apostrophe.</summary>
    /// <param name="iccid">The cell with the card's ICCID.</param>
    /// <param name="imei">The cell with the IMEI that the card is bound to now.</param>
    /// <param name="newImei">The cell with the new device's IMEI.</param>
    /// <returns>The row, not yet checked.</returns>
    public static BindingRow Rebind(string? iccid, string? imei, string? newImei) =>
        new(BindingOperation.Rebind, Cell(iccid), Cell(imei), Cell(newImei));

    /// <summary>Makes an unbind from a row's cells, freed of surrounding blanks and a spreadsheet's leading apostrophe.</summary>
    /// <param name="iccid">The cell with the card's ICCID.</param>
    /// <param name="imei">The cell with the IMEI that the card is bound to now.</param>
    /// <returns>The row, not yet checked.</returns>
    public static BindingRow Unbind(string? iccid, string? imei) =>
        new(BindingOperation.Unbind, Cell(iccid), Cell(imei), NewImei: null);

    private static string Cell(string? text)
    {
        var cell = text?.Trim() ?? string.Empty;
        return cell.Length > 0 && cell[0] == '\'' ? cell[1..].Trim() : cell;
    }
}
