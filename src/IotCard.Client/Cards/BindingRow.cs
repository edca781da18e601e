namespace IotCard.Client.Cards;

/// <summary>One row of input: an operation on a card, as the row names it. <see cref="RowCheck"/> tells whether it may be sent.</summary>
/// <param name="Operation">What is to be done.</param>
/// <param name="Iccid">The card's ICCID.</param>
/// <param name="Imei">The IMEI that the card is bound to now.</param>
/// <param name="NewImei">The IMEI of the new device; null for an unbind.</param>
public sealed record BindingRow(BindingOperation Operation, string Iccid, string Imei, string? NewImei)
{
    /// <summary>The row's place in the input, from 1; 0 where it is not known. It takes no part in comparing rows.</summary>
    public long RowNumber { get; init; }

    private (string? Iccid, string? Imei, string? NewImei)? Cells { get; init; }

    /// <summary>Makes a rebind from a row's cells, freed of surrounding blanks, a spreadsheet's leading apostrophe and its text form <c>="…"</c>.</summary>
    /// <param name="iccid">The cell with the card's ICCID.</param>
    /// <param name="imei">The cell with the IMEI that the card is bound to now.</param>
    /// <param name="newImei">The cell with the new device's IMEI.</param>
    /// <returns>The row, not yet checked.</returns>
    public static BindingRow Rebind(string? iccid, string? imei, string? newImei) =>
        new(BindingOperation.Rebind, ReadCell(iccid), ReadCell(imei), ReadCell(newImei)) { Cells = (iccid, imei, newImei) };

    /// <summary>Makes an unbind from a row's cells, freed of surrounding blanks, a spreadsheet's leading apostrophe and its text form <c>="…"</c>.</summary>
    /// <param name="iccid">The cell with the card's ICCID.</param>
    /// <param name="imei">The cell with the IMEI that the card is bound to now.</param>
    /// <returns>The row, not yet checked.</returns>
    public static BindingRow Unbind(string? iccid, string? imei) =>
        new(BindingOperation.Unbind, ReadCell(iccid), ReadCell(imei), NewImei: null) { Cells = (iccid, imei, null) };

    /// <summary>Compares what the rows ask for, wherever they stand in the input.</summary>
    /// <param name="other">The other row.</param>
    /// <returns>True where both ask for the same.</returns>
    public bool Equals(BindingRow? other) =>
        other is not null && Operation == other.Operation && Iccid == other.Iccid && Imei == other.Imei && NewImei == other.NewImei;

    /// <inheritdoc/>
    public override int GetHashCode() => (Operation, Iccid, Imei, NewImei).GetHashCode();

    /// <summary>Gives the row as it was entered, for telling whoever entered it: a refused cell is found again by its own text.</summary>
    /// <returns>The row with its cells to the letter; this row where it was not made of cells.</returns>
    public BindingRow AsEntered() => Cells is { } cells
        ? this with
        {
            Iccid = cells.Iccid ?? string.Empty,
            Imei = cells.Imei ?? string.Empty,
            NewImei = Operation == BindingOperation.Rebind ? cells.NewImei ?? string.Empty : null,
        }
        : this;

    /// <summary>What a cell holds: its text without what a spreadsheet puts around it.</summary>
    internal static string ReadCell(string? text)
    {
        var cell = text?.Trim() ?? string.Empty;
        if (cell.Length > 0 && cell[0] == '\'')
        {
            return cell[1..].Trim();
        }

        // A formula whose value is a text, by which a spreadsheet is kept from making a number of it.
        return cell is ['=', '"', .. var value, '"'] ? value.Trim() : cell;
    }
}
