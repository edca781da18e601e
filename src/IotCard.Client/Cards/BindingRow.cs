namespace IotCard.Client.Cards;

/// <summary>One row of input: an operation on a card, as the row states it. <see cref="RowCheck"/> decides whether it may be sent.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Iccid">The card's ICCID.</param>
/// <param name="Imei">The IMEI that the card is currently bound to.</param>
/// <param name="NewImei">The IMEI of the new device; null for an unbind.</param>
public sealed record BindingRow(BindingOperation Operation, string Iccid, string Imei, string? NewImei)
{
    /// <summary>The row's position in the input, from 1; 0 if unknown. It is ignored when rows are compared.</summary>
    public long RowNumber { get; init; }

    /// <summary>The cells as they were entered; null if they are the identifiers themselves, as in almost every row.</summary>
    private string?[]? Cells { get; init; }

    /// <summary>
    /// Creates a rebind from a row's cells, without surrounding blanks, a spreadsheet's leading apostrophe or its text
    /// form <c>="…"</c>.
    /// </summary>
    /// <param name="iccid">The cell with the card's ICCID.</param>
    /// <param name="imei">The cell with the IMEI that the card is currently bound to.</param>
    /// <param name="newImei">The cell with the new device's IMEI.</param>
    /// <returns>The row, not yet validated.</returns>
    public static BindingRow Rebind(string? iccid, string? imei, string? newImei) =>
        Keep(new(BindingOperation.Rebind, ReadCell(iccid), ReadCell(imei), ReadCell(newImei)), iccid, imei, newImei);

    /// <summary>
    /// Creates an unbind from a row's cells, without surrounding blanks, a spreadsheet's leading apostrophe or its text
    /// form <c>="…"</c>.
    /// </summary>
    /// <param name="iccid">The cell with the card's ICCID.</param>
    /// <param name="imei">The cell with the IMEI that the card is currently bound to.</param>
    /// <returns>The row, not yet validated.</returns>
    public static BindingRow Unbind(string? iccid, string? imei) =>
        Keep(new(BindingOperation.Unbind, ReadCell(iccid), ReadCell(imei), NewImei: null), iccid, imei, null);

    /// <summary>Compares operation and identifiers, but not the rows' positions.</summary>
    /// <param name="other">The other row.</param>
    /// <returns>True if both rows ask for the same operation.</returns>
    public bool Equals(BindingRow? other) =>
        other is not null && Operation == other.Operation && Iccid == other.Iccid && Imei == other.Imei && NewImei == other.NewImei;

    /// <inheritdoc/>
    public override int GetHashCode() => (Operation, Iccid, Imei, NewImei).GetHashCode();

    /// <summary>Returns the row as it was entered, so that a user can find a refused cell by its own text.</summary>
    /// <returns>The row with its original cells; this row if it was not created from cells.</returns>
    public BindingRow AsEntered() => Cells is [var iccid, var imei, var newImei]
        ? this with { Iccid = iccid ?? string.Empty, Imei = imei ?? string.Empty, NewImei = Operation == BindingOperation.Rebind ? newImei ?? string.Empty : null }
        : this;

    private static BindingRow Keep(BindingRow row, string? iccid, string? imei, string? newImei) =>
        row.Iccid == iccid && row.Imei == imei && row.NewImei == newImei ? row : row with { Cells = [iccid, imei, newImei] };

    /// <summary>Reads a cell's text without what a spreadsheet puts around it.</summary>
    internal static string ReadCell(string? text)
    {
        var cell = text?.Trim() ?? string.Empty;
        if (cell.Length > 0 && cell[0] == '\'')
        {
            return cell[1..].Trim();
        }

        // A formula with a text value keeps a spreadsheet from converting the text to a number.
        return cell is ['=', '"', .. var value, '"'] ? value.Trim() : cell;
    }
}
