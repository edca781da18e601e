using System.Text.RegularExpressions;
using IotCard.Tests.Help;

namespace IotCard.Tests.Readme;

/// <summary>A page of the repository.</summary>
internal sealed partial class MarkdownPage
{
    private MarkdownPage(string path)
    {
        Path = path;
        Text = File.ReadAllText(path).ReplaceLineEndings("\n");
    }

    internal static string Root { get; } = System.IO.Path.GetDirectoryName(HelpFolder.Docs)!;

    internal string Path { get; }

    internal string Text { get; }

    /// <summary>The targets of its links and pictures.</summary>
    internal IEnumerable<string> Links => Link().Matches(WithoutCode).Select(static m => m.Groups["target"].Value);

    /// <summary>Its anchors, which the forge derives from headings.</summary>
    internal IEnumerable<string> Anchors => Heading().Matches(WithoutCode)
        .Select(static m => NoAnchor().Replace(HelpText.Plain(m.Groups["text"].Value).Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    /// <summary>Its tables' rows, cell by cell, without the row of dashes below a heading.</summary>
    internal IEnumerable<string[]> Rows => Text.Split('\n')
        .Where(static line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(static line => line.Trim('|', ' ').Split(" | ").Select(static cell => cell.Trim()).ToArray());

    private string WithoutCode => Fence().Replace(Text, string.Empty);

    internal static MarkdownPage Read(string name) => new(System.IO.Path.Combine(Root, name));

    /// <summary>All pages in the repository except the help, which has its own tests.</summary>
    internal static TheoryData<string> All() =>
        [.. Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(HelpFolder.Docs, "*.md")).Select(static path => System.IO.Path.GetRelativePath(Root, path)).Order(StringComparer.Ordinal)];

    /// <summary>Each page that exists in English and in Chinese.</summary>
    internal static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var chinese in All().Select(static row => row.Data).Where(static name => name.EndsWith(".zh-CN.md", StringComparison.Ordinal)))
        {
            pairs.Add(chinese.Replace(".zh-CN", string.Empty, StringComparison.Ordinal), chinese);
        }

        return pairs;
    }

    /// <summary>The code blocks of one language.</summary>
    internal string[] Code(string language) =>
        [.. Fence().Matches(Text).Where(m => m.Groups["language"].Value == language).Select(static m => m.Groups["code"].Value)];

    [GeneratedRegex(@"(?<!`)\[[^\]\n]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoAnchor();

    [GeneratedRegex("^```(?<language>\\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
