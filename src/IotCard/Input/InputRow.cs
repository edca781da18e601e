using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Input;

/// <summary>
/// One input object, as far as its columns are recognized. A list has as many as rows, so nothing that every row is asked
/// allocates.
/// </summary>
/// <param name="input">The object; null if the row is given by parameters alone.</param>
/// <param name="shape">What the object is.</param>
/// <param name="cells">The cells of its recognized columns.</param>
/// <param name="given">The columns that the command line sets for every row.</param>
internal sealed class InputRow(PSObject? input, InputShape shape, List<InputCell> cells, GivenColumns given)
{
    private static readonly string Unknown = ColumnNames.Fold(nameof(OutcomeStatus.Unknown));

    internal InputShape Shape => shape;

    /// <summary>Whether the object is an empty line of a file, such as <c>,,</c>.</summary>
    internal bool IsBlank =>
        input is not null
        && shape == InputShape.Row
        && cells.TrueForAll(static c => !c.HasText && c.Failure is null)
        && input.Properties.Any()
        && input.Properties.All(static p => p is PSNoteProperty && string.IsNullOrWhiteSpace(InputReader.FindText(p)));

    /// <summary>Whether an earlier command reported the row's outcome as Unknown.</summary>
    internal bool HasUnknownOutcome => cells.Exists(static c => c.Column == InputColumn.Outcome && c.Text is { } text && ColumnNames.Fold(text) == Unknown);

    /// <summary>The names of all the object's columns, in order.</summary>
    internal IReadOnlyList<string> Columns => input is null ? [] : [.. input.Properties.Select(static p => p.Name)];

    /// <summary>The texts of all the object's columns, as far as they can be read.</summary>
    internal IEnumerable<string> Texts => input is null ? [] : input.Properties.Select(InputReader.FindText).OfType<string>();

    /// <summary>The required columns that the row lacks; all of them if the object is not a row, whatever the command line gives.</summary>
    internal IReadOnlyList<InputColumn> FindMissing(InputColumn[] required) => shape switch
    {
        InputShape.Parameters => [],
        InputShape.Row => HasAll(required) ? [] : [.. required.Where(column => !Has(column))],
        _ => required,
    };

    /// <summary>The first cell of the row that cannot be read, though something depends on it.</summary>
    /// <param name="isUnbind">Whether a new device matters only because it must not be there.</param>
    internal InputCell? FindUnreadable(bool isUnbind)
    {
        foreach (var cell in cells)
        {
            if (cell.Failure is not null && !given.Has(cell.Column) && (cell.Column != InputColumn.PerhapsNewImei || isUnbind))
            {
                return cell;
            }
        }

        return null;
    }

    /// <summary>Two cells with one meaning that disagree.</summary>
    internal (InputCell One, InputCell Other)? FindAmbiguous(InputColumn[] columns)
    {
        foreach (var column in columns)
        {
            if (!given.Has(column) && FindText(column) is { } one && FindOther(one) is { } other)
            {
                return (one, other);
            }
        }

        return null;
    }

    /// <summary>The first cell that names a new device, or may do so, other than the device of the row.</summary>
    internal InputCell? FindNewDevice(string imei)
    {
        foreach (var cell in cells)
        {
            if (cell.Column is InputColumn.NewImei or InputColumn.PerhapsNewImei && cell.HasText && BindingRow.ReadCell(cell.Text) != imei)
            {
                return cell;
            }
        }

        return null;
    }

    /// <summary>Whether the object has a text for the column.</summary>
    internal bool Holds(InputColumn column) => !given.Has(column) && FindText(column) is not null;

    /// <summary>Reads a cell: what the command line gives, or else the object's text.</summary>
    internal string? Read(InputColumn column, string? parameter) =>
        shape == InputShape.Parameters || given.Has(column) ? parameter : (FindText(column) ?? Find(column))?.Text;

    private bool HasAll(InputColumn[] columns)
    {
        foreach (var column in columns)
        {
            if (!Has(column))
            {
                return false;
            }
        }

        return true;
    }

    private bool Has(InputColumn column) => given.Has(column) || Find(column) is not null;

    /// <summary>The first cell of a column.</summary>
    private InputCell? Find(InputColumn column)
    {
        foreach (var cell in cells)
        {
            if (cell.Column == column)
            {
                return cell;
            }
        }

        return null;
    }

    /// <summary>The first cell of a column that has a text.</summary>
    private InputCell? FindText(InputColumn column)
    {
        foreach (var cell in cells)
        {
            if (cell.Column == column && cell.HasText)
            {
                return cell;
            }
        }

        return null;
    }

    /// <summary>The first cell that disagrees with another of the same column.</summary>
    private InputCell? FindOther(InputCell one)
    {
        foreach (var cell in cells)
        {
            if (cell.Column == one.Column && !ReferenceEquals(cell, one) && cell.HasText && BindingRow.ReadCell(cell.Text) != BindingRow.ReadCell(one.Text))
            {
                return cell;
            }
        }

        return null;
    }
}
