using System.Management.Automation;
using IotCard.Client.Rules;

namespace IotCard.Commands;

/// <summary>The cells of one input object, found by the parameters' names and aliases.</summary>
/// <param name="input">The object; null if the row was given by parameters alone.</param>
/// <param name="given">The parameters that the command line sets for every row.</param>
internal sealed class InputCells(PSObject? input, ISet<string> given)
{
    private const string OutcomeColumn = "Outcome";

    private bool? _hasUnknownOutcome;

    /// <summary>Whether the object is an empty line of a file, such as <c>,,</c>.</summary>
    internal bool IsBlank =>
        input is not null
        && input.Properties.Any()
        && input.Properties.All(static p => p is PSNoteProperty && string.IsNullOrWhiteSpace(TextOf(p)));

    /// <summary>Whether an earlier command reported the row's outcome as Unknown.</summary>
    internal bool HasUnknownOutcome => _hasUnknownOutcome ??=
        input?.Properties[OutcomeColumn] is { } outcome && string.Equals(TextOf(outcome)?.Trim(), nameof(OutcomeStatus.Unknown), StringComparison.OrdinalIgnoreCase);

    /// <summary>The object's columns, in order.</summary>
    internal IReadOnlyList<string> Columns => input is null ? [] : [.. input.Properties.Select(static p => p.Name)];

    /// <summary>The required columns that neither the object nor the command line provides.</summary>
    internal IReadOnlyList<string> FindMissing(IEnumerable<string> required) =>
        [.. required.Where(name => !given.Contains(name) && Find(name) is null)];

    /// <summary>Whether a cell of the row has a value that comes from the object.</summary>
    internal bool Holds(string parameter, string cell) => cell.Length > 0 && !given.Contains(parameter);

    /// <summary>Reads a cell: what PowerShell has bound, or else the object's value.</summary>
    internal string? Read(string parameter, string? bound) =>
        given.Contains(parameter) || bound is not null || Find(parameter) is not { } property ? bound : TextOf(property);

    /// <summary>Reads a column that is not a parameter of the command.</summary>
    internal string? ReadColumn(string name) => Find(name) is { } property ? TextOf(property) : null;

    private PSPropertyInfo? Find(string parameter) =>
        CardColumns.NamesOf(parameter).Select(name => input?.Properties[name]).FirstOrDefault(static p => p is not null);

    private static string? TextOf(PSPropertyInfo property)
    {
        try
        {
            return LanguagePrimitives.ConvertTo<string>(property.Value);
        }
        catch (RuntimeException)
        {
            // A property that cannot be read counts as missing.
            return null;
        }
    }
}
