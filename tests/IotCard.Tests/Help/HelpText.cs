using System.Text.RegularExpressions;

namespace IotCard.Tests.Help;

/// <summary>Markdown as read in a terminal.</summary>
internal static class HelpText
{
    /// <summary>A text's paragraphs, without markup.</summary>
    internal static string[] Paragraphs(string markdown) =>
        [.. Regex.Split(markdown.Trim(), @"\n\s*\n").Select(p => Plain(p.Trim())).Where(p => p.Length > 0)];

    /// <summary>A text without markup: only the text of a link, no backticks.</summary>
    internal static string Plain(string markdown) =>
        Regex.Replace(Regex.Replace(Regex.Replace(markdown, @"\[([^\]]+)\]\([^)]*\)", "$1"), "`([^`\n]*)`", "$1"), @"\*\*([^*]+)\*\*", "$1");

    internal static string WithoutWhitespace(string text) => Regex.Replace(text, @"\s+", string.Empty);

    internal static string Collapsed(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    /// <summary>A line's width in a terminal.</summary>
    internal static int Columns(string line) => line.Sum(static c => c is (>= '\u2E80' and <= '\uFFEF') or '\u201C' or '\u201D' ? 2 : 1);
}
