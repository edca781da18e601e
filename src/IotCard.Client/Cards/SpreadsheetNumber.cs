using System.Text.RegularExpressions;

namespace IotCard.Client.Cards;

/// <summary>
/// Recognises what a spreadsheet makes of a long identifier when it takes it for a number: <c>8.98604E+19</c>,
/// <c>8,98604E+19</c>, <c>490154203237518.0</c>. It keeps 15 digits; the others are gone.
/// </summary>
internal static class SpreadsheetNumber
{
    private static readonly Regex Pattern = new(
        @"\A[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+|(?<=[.,][0-9]+))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    internal static bool Matches(string text) => text.Length <= 64 && Pattern.IsMatch(text);
}
