using IotCard.Client.Cards;

namespace IotCard.Input;

/// <summary>Recognizes by a row's columns how its file differs from what <c>Import-Csv</c> expected.</summary>
internal sealed class FileShape(InputRow input)
{
    private static readonly char[] Delimiters = [';', '\t', '|', ','];

    private readonly IReadOnlyList<string> _columns = input.Columns;

    /// <summary>Recognizes the shape.</summary>
    /// <returns>The name of its text, and what that shows; null if the shape is not known.</returns>
    internal (string Name, string? Detail)? Recognize() =>
        _columns.Count == 0 ? null
        : _columns[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? ("FileHasSepLine", Quote(_columns[0].Length > 4 ? _columns[0][4] : ','))
        : _columns.Any(static c => c.Contains('\0')) ? ("FileIsUtf16", null)
        : _columns.Any(IsMisread) ? ("WrongEncoding", null)
        : _columns.Count == 1 && _columns[0].IndexOfAny(Delimiters) is var at and >= 0 ? Split(_columns[0][at])
        : _columns.Any(IsCard) ? ("FileHasNoHeader", null)
        : input.Texts.Any(static t => ColumnNames.Recognize(t) is not null) ? ("FileHasTitle", null)
        : null;

    /// <summary>
    /// A header in one column. <c>Import-Csv</c> splits at commas by itself: if it did not, the lines are in quotes, or it
    /// was told another delimiter.
    /// </summary>
    private static (string Name, string? Detail) Split(char delimiter) => delimiter == ',' ? ("LinesInQuotes", null) : ("WrongDelimiter", Quote(delimiter));

    private static bool IsMisread(string column) => column.Contains('\uFFFD') || column.Any(static c => c is >= '\u0080' and <= '\u00FF' and not '\u00A0' and not '\u00AD');

    private static bool IsCard(string column) => RowCheck.FindIccidFault(BindingRow.ReadCell(column)) is null;

    private static string Quote(char delimiter) => delimiter == '\t' ? "\"`t\"" : $"'{delimiter}'";
}
