using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IotCard.Tests.Help;
using IotCard.Tests.Readme;

namespace IotCard.Tests.Texts;

/// <summary>One spelling, one word for one thing, and each language's own punctuation: in the texts, the help and the pages.</summary>
public sealed partial class WordingTests
{
    // What a reader has met elsewhere under another spelling or another word, and what it is called here.
    private static readonly Dictionary<string, string> EnglishWords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["behaviour"] = "behavior",
        ["cancelled"] = "canceled",
        ["colour"] = "color",
        ["honour"] = "honor",
        ["learnt"] = "learned",
        ["mebibyte"] = "MiB",
        ["practis(e|ing)"] = "practice",
        ["recognis"] = "recogniz",
        ["go(es)? in a circle"] = "form a loop",
        ["to the letter"] = "unchanged",
        ["is to be (learn|noted|sent by)"] = "must be, or can be",
        ["take that away"] = "remove it",
    };

    private static readonly Dictionary<string, string> ChineseWords = new(StringComparer.Ordinal)
    {
        ["预演|演练"] = "试运行",
        ["登记设备"] = "上传设备",
        ["尚不可知"] = "无法确定",
        ["非交互会话"] = "无人值守的会话",
        ["应答的请求|记录的应答"] = "响应",
    };

    public static TheoryData<string> English => [.. Pages().Where(static name => !IsChinese(name)), "src/IotCard/Texts/Texts.resx"];

    public static TheoryData<string> Chinese => [.. Pages().Where(IsChinese), "src/IotCard/Texts/Texts.zh.resx"];

    [Theory]
    [MemberData(nameof(English))]
    public void English_has_one_spelling_and_no_translated_phrase(string name) => AssertWithout(EnglishWords, name);

    [Theory]
    [MemberData(nameof(Chinese))]
    public void Chinese_has_one_word_for_one_thing(string name) => AssertWithout(ChineseWords, name);

    [Theory]
    [MemberData(nameof(Chinese))]
    public void Chinese_prose_has_Chinese_punctuation(string name) =>
        Assert.Empty(HalfWidth().Matches(Code().Replace(Read(name), string.Empty)).Select(static m => m.Value));

    [Theory]
    [InlineData("Start_", 25)]
    [InlineData("Fault_", 25)]
    [InlineData("Meaning_", 25)]
    [InlineData("Action_", 40)]
    public void An_error_says_in_a_line_or_two_what_happened_and_what_to_do(string prefix, int words) =>
        Assert.All(
            XDocument.Load(Path.Combine(MarkdownPage.Root, "src/IotCard/Texts/Texts.resx")).Root!.Elements("data").Where(text => text.Attribute("name")!.Value.StartsWith(prefix, StringComparison.Ordinal)),
            text => Assert.InRange(text.Element("value")!.Value.Split(' ').Length, 1, words));

    private static void AssertWithout(Dictionary<string, string> words, string name)
    {
        var text = Read(name);

        Assert.All(words, word => Assert.DoesNotMatch(new Regex(word.Key, RegexOptions.IgnoreCase), text));
    }

    /// <summary>A page's text, or all texts of a resource file.</summary>
    private static string Read(string name)
    {
        var text = File.ReadAllText(Path.Combine(MarkdownPage.Root, name)).ReplaceLineEndings("\n");
        return name.EndsWith(".md", StringComparison.Ordinal) ? text : string.Join('\n', Value().Matches(text).Select(static m => WebUtility.HtmlDecode(m.Groups["text"].Value)));
    }

    private static IEnumerable<string> Pages() =>
        MarkdownPage.All().Select(static row => row.Data)
            .Concat(HelpFolder.Cultures.SelectMany(static culture => Directory.GetFiles(Path.Combine(HelpFolder.Docs, culture), "*.md")).Select(static path => Path.GetRelativePath(MarkdownPage.Root, path)));

    private static bool IsChinese(string name) => name.Contains("zh-CN", StringComparison.Ordinal);

    [GeneratedRegex("<value>(?<text>.*?)</value>", RegexOptions.Singleline)]
    private static partial Regex Value();

    [GeneratedRegex(@"^ *```.*?^ *```$|``.*?``|`[^`\n]*`|\]\([^)]*\)|https?://[^，。\s]+|\A---.*?^---", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@".{0,8}(?:\p{IsCJKUnifiedIdeographs}[,;:.()?!]|[,;:()?!]\p{IsCJKUnifiedIdeographs}).{0,8}")]
    private static partial Regex HalfWidth();
}
