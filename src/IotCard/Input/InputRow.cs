using System.Management.Automation;
using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Input;

/// <summary>One input object, as far as its columns are recognized.</summary>
/// <param name="input">The object; null if the row is given by parameters alone.</param>
/// <param name="shape">What the object is.</param>
/// <param name="cells">The cells of its recognized columns.</param>
/// <param name="given">The parameters that the command line sets for every row.</param>
internal sealed class InputRow(PSObject? input, InputShape shape, IReadOnlyList<InputCell> cells, ISet<string> given)
{
    private static readonly string Unknown = ColumnNames.Fold(nameof(OutcomeStatus.Unknown));

    internal InputShape Shape => shape;

    /// <summary>Whether the object is an empty line of a file, such as <c>,,</c>.</summary>
    internal bool IsBlank =>
        input is not null
        && shape == InputShape.Row
        && cells.All(static c => !c.HasText && c.Failure is null)
        && input.Properties.Any()
        && input.Properties.All(static p => p is PSNoteProperty && string.IsNullOrWhiteSpace(InputReader.FindText(p)));

    /// <summary>Whether an earlier command reported the row's outcome as Unknown.</summary>
    internal bool HasUnknownOutcome => cells.Any(static c => c.Column == InputColumn.Outcome && c.Text is { } text && ColumnNames.Fold(text) == Unknown);

    /// <summary>The names of all the object's columns, in order.</summary>
    internal IReadOnlyList<string> Columns => input is null ? [] : [.. input.Properties.Select(static p => p.Name)];

    /// <summary>The texts of all the object's columns, as far as they can be read.</summary>
    internal IEnumerable<string> Texts => input is null ? [] : input.Properties.Select(InputReader.FindText).OfType<string>();

    /// <summary>The cells that name a new device, or may do so.</summary>
    internal IEnumerable<InputCell> NewDevices => cells.Where(static c => c.Column is InputColumn.NewImei or InputColumn.PerhapsNewImei && c.HasText);

    /// <summary>The required columns that the row lacks; all of them if the object is not a row, whatever the command line gives.</summary>
    internal IReadOnlyList<InputColumn> FindMissing(IEnumerable<InputColumn> required) => shape switch
    {
        InputShape.Parameters => [],
        InputShape.Row => [.. required.Where(column => !IsGiven(column) && !Of(column).Any())],
        _ => [.. required],
    };

    /// <summary>The first cell of the row that cannot be read, though something depends on it.</summary>
    /// <param name="isUnbind">Whether a new device matters only because it must not be there.</param>
    internal InputCell? FindUnreadable(bool isUnbind) =>
        cells.FirstOrDefault(c => c.Failure is not null && !IsGiven(c.Column) && (c.Column != InputColumn.PerhapsNewImei || isUnbind));

    /// <summary>Two cells with one meaning that disagree.</summary>
    internal (InputCell One, InputCell Other)? FindAmbiguous(IEnumerable<InputColumn> columns)
    {
        foreach (var column in columns.Where(c => !IsGiven(c)))
        {
            var filled = Of(column).Where(static c => c.HasText).ToList();
            if (filled.Find(c => BindingRow.ReadCell(c.Text) != BindingRow.ReadCell(filled[0].Text)) is { } other)
            {
                return (filled[0], other);
            }
        }

        return null;
    }

    /// <summary>Whether the object has a text for the column.</summary>
    internal bool Holds(InputColumn column) => !IsGiven(column) && Of(column).Any(static c => c.HasText);

    /// <summary>Reads a cell: what the command line gives, or else the object's text.</summary>
    internal string? Read(InputColumn column, string? parameter) =>
        shape == InputShape.Parameters || IsGiven(column) ? parameter : (Of(column).FirstOrDefault(static c => c.HasText) ?? Of(column).FirstOrDefault())?.Text;

    private bool IsGiven(InputColumn column) => given.Contains(column.ToString());

    private IEnumerable<InputCell> Of(InputColumn column) => cells.Where(c => c.Column == column);
}
