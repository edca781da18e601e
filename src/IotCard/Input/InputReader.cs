using System.Management.Automation;

namespace IotCard.Input;

/// <summary>Reads the recognized columns of input objects.</summary>
/// <param name="given">The columns that the command line sets for every row.</param>
internal sealed class InputReader(GivenColumns given)
{
    // A list has the same few names in every row.
    private readonly Dictionary<string, NamedColumn> _named = new(StringComparer.Ordinal);

    /// <summary>Reads an input object.</summary>
    internal InputRow Read(PSObject? input)
    {
        var shape = InputShapes.Of(input);
        return new InputRow(input, shape, shape == InputShape.Row ? ReadCells(input!) : [], given);
    }

    /// <summary>The row of a command line that gives the card by parameters alone.</summary>
    internal InputRow ReadParameters() => new(null, InputShape.Parameters, [], given);

    private List<InputCell> ReadCells(PSObject input)
    {
        var cells = new List<InputCell>();
        foreach (var property in input.Properties)
        {
            if (Recognize(property.Name) is { } column)
            {
                cells.Add(ReadCell(column, property));
            }
        }

        return cells;
    }

    private InputColumn? Recognize(string name)
    {
        if (!_named.TryGetValue(name, out var named))
        {
            named = new NamedColumn(ColumnNames.Recognize(name));
            _named.Add(name, named);
        }

        return named.Meaning;
    }

    private static InputCell ReadCell(InputColumn column, PSPropertyInfo property)
    {
        try
        {
            return new InputCell(column, property.Name, LanguagePrimitives.ConvertTo<string>(property.Value), Failure: null);
        }
        catch (RuntimeException failure)
        {
            return new InputCell(column, property.Name, Text: null, failure.Message);
        }
    }

    /// <summary>The text of a property; null if it has none, or cannot be read.</summary>
    internal static string? FindText(PSPropertyInfo property) => ReadCell(default, property).Text;

    private sealed record NamedColumn(InputColumn? Meaning);
}
