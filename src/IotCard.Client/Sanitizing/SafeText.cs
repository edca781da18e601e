using System.Globalization;

namespace IotCard.Client.Sanitizing;

/// <summary>
/// Makes text from outside (the service, a file, a cell) safe to show. Everything that the module writes to a terminal,
/// a table or an error passes through here.
/// </summary>
internal static class SafeText
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Replaces what a terminal would interpret instead of showing: control characters (and with them escape
    /// sequences), controls of writing direction, invisible characters and lone surrogates. Tabs and line breaks become blanks.
    /// </summary>
    /// <param name="text">The text; null stays null.</param>
    /// <returns>The same text if there is nothing to replace.</returns>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    internal static string? Clean(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var first = FindUnsafe(text, 0);
        if (first < 0)
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (var at = first; at >= 0; at = FindUnsafe(text, at + 1))
        {
            clean[at] = IsLineEndOrTab(text[at]) ? ' ' : Replacement;
        }

        return new string(clean);
    }

    /// <summary>Cleans a text, and truncates it to a maximum length.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximumLength">The maximum number of characters; an ellipsis follows if the text is longer.</param>
    /// <returns>The clean text.</returns>
    internal static string Clean(string text, int maximumLength) =>
        text.Length <= maximumLength
            ? Clean(text)
            : Clean(text[..(char.IsHighSurrogate(text[maximumLength - 1]) ? maximumLength - 1 : maximumLength)]) + "…";

    /// <summary>
    /// Cleans a value that may be exported to a file for a spreadsheet: what a spreadsheet would interpret as a formula
    /// gets the apostrophe that marks it as text.
    /// </summary>
    /// <param name="text">The text; null stays null.</param>
    /// <returns>The clean text.</returns>
    internal static string? CleanCell(string? text) =>
        text is not { Length: > 0 } ? text
        : text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20' ? "'" + Clean(text)
        : Clean(text);

    /// <summary>Whether a text can be shown unchanged.</summary>
    internal static bool IsClean(string text) => FindUnsafe(text, 0) < 0;

    private static int FindUnsafe(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            var ascii = text.AsSpan(i).IndexOfAnyExceptInRange(' ', '~');
            if (ascii < 0)
            {
                break;
            }

            i += ascii;
            var c = text[i];

            // Of a surrogate pair this is the category of the whole character, of half a one it is Surrogate.
            if (CharUnicodeInfo.GetUnicodeCategory(text, i) is UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                || IsInvisible(c, i + 1 < text.Length ? text[i + 1] : '\0'))
            {
                return i;
            }

            i += char.IsHighSurrogate(c) ? 1 : 0;
        }

        return -1;
    }

    /// <summary>
    /// Whether a character is shown as nothing, or as a blank that is none, though its category is that of a letter or
    /// mark: Unicode's default ignorable characters, the variation selectors among them, and the empty braille pattern.
    /// </summary>
    /// <param name="c">The character, or the first half of one.</param>
    /// <param name="next">What follows it.</param>
    private static bool IsInvisible(char c, char next) =>
        c is '\u034F' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or (>= '\u180B' and <= '\u180F') or '\u2065' or '\u2800' or '\u3164'
            or (>= '\uFE00' and <= '\uFE0F') or '\uFFA0' or (>= '\uFFF0' and <= '\uFFF8')

        // U+E0000 to U+E0FFF: tags, and the supplementary variation selectors.
        || (c is >= '\uDB40' and <= '\uDB43' && char.IsLowSurrogate(next));

    private static bool IsLineEndOrTab(char c) => c is '\t' or '\r' or '\n' or '\u0085' or '\u2028' or '\u2029';
}
