using System.Text.RegularExpressions;

namespace IotCard.Client.Cards;

/// <summary>
/// Recognises what a spreadsheet makes of a long identifier when it takes it for a number: <c>8.98604E+19</c>,
/// <c>8,98604E+19</c>, <c>490154203237518.0</c>. It keeps 15 digits; the others are gone.
/// </summary>
internal static class SpreadsheetNumber
{
    /// <summary>How many digits a spreadsheet keeps of a number.</summary>
    private const int KeptDigits = 15;

    private static readonly Regex Pattern = new(
        @"\A[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+|(?<=[.,][0-9]+))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>
    /// Whether an ICCID looks as if a spreadsheet had rounded it and written it out again: 19 or 20 digits, of which those
    /// behind the fifteenth are zeros. One card in ten thousand really ends so.
    /// </summary>
    internal static bool IsRounded(string iccid) =>
        iccid.Length is 19 or 20 && iccid.All(static c => c is >= '0' and <= '9') && iccid.Skip(KeptDigits).All(static c => c == '0');

    internal static bool Matches(string text) => text.Length <= 64 && Pattern.IsMatch(text);
}
