using System.Text.RegularExpressions;

namespace IotCard.Client.Cards;

/// <summary>
/// Recognizes what a spreadsheet leaves of a long identifier that it took for a number: <c>8.98604E+19</c>,
/// <c>8,98604E+19</c>, <c>490154203237518.0</c>. It keeps 15 digits; the others are lost.
/// </summary>
internal static class SpreadsheetNumber
{
    /// <summary>The number of digits that a spreadsheet keeps.</summary>
    private const int KeptDigits = 15;

    private static readonly Regex Pattern = new(
        @"\A[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+|(?<=[.,][0-9]+))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));

    /// <summary>
    /// Whether an ICCID looks as if a spreadsheet rounded it and wrote it out again: 19 or 20 digits, with only zeros
    /// after the fifteenth. One genuine card in ten thousand ends like that.
    /// </summary>
    internal static bool IsRounded(string iccid) =>
        iccid.Length is 19 or 20 && iccid.TrimEnd('0').Length <= KeptDigits && iccid.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    internal static bool Matches(string text) => text.Length <= 64 && Pattern.IsMatch(text);
}
