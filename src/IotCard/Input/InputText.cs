using IotCard.Texts;

namespace IotCard.Input;

/// <summary>Describes in the user's language what is wrong with the columns of an input object.</summary>
internal sealed class InputText(Text text)
{
    private const int ShownColumns = 20;

    /// <summary>Describes an object that lacks columns, what it looks like instead, and the line that helps.</summary>
    internal string DescribeMissing(InputRow input, IReadOnlyList<InputColumn> missing)
    {
        if (input.Shape != InputShape.Row)
        {
            return text.Get("Fault_Input" + input.Shape);
        }

        var columns = input.Columns;
        var found = columns.Count == 0 ? text.Get("Fault_NoColumns") : string.Join(", ", columns.Take(ShownColumns).Select(OutcomeText.Shown));
        var message = text.Format("Fault_MissingColumn", string.Join(", ", missing), found);
        return new FileShape(input).Recognize() is var (name, detail) ? text.Format("Sentences", message, text.Format("Fault_" + name, detail)) : message;
    }

    /// <summary>Describes a column that cannot be read.</summary>
    internal string DescribeUnreadable(InputCell cell) =>
        text.Format("Fault_UnreadableColumn", OutcomeText.Shown(cell.Name), OutcomeText.Shown(cell.Failure!));

    /// <summary>Describes two columns that mean the same and disagree.</summary>
    internal string DescribeAmbiguous(InputCell one, InputCell other) => text.Format(
        "Fault_AmbiguousColumn", OutcomeText.Shown(one.Name), OutcomeText.Shown(one.Text!), OutcomeText.Shown(other.Name), OutcomeText.Shown(other.Text!), one.Column);

    /// <summary>Describes a row to unbind that names a new device.</summary>
    internal string DescribeNewDevice(InputCell cell) =>
        text.Format("Fault_RowIsARebind", OutcomeText.Shown(cell.Name), OutcomeText.Shown(cell.Text!));
}
