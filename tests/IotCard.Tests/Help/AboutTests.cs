using System.Text.RegularExpressions;

namespace IotCard.Tests.Help;

public sealed class AboutTests
{
    public static TheoryData<string, string> Topics()
    {
        var topics = new TheoryData<string, string>();
        foreach (var culture in HelpFolder.Cultures)
        {
            foreach (var topic in HelpFolder.Topics)
            {
                topics.Add(culture, topic);
            }
        }

        return topics;
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_shipped_text_says_what_the_page_says(string culture, string topic)
    {
        var page = Read(culture, topic, ".md");
        var text = Read(culture, topic, ".help.txt");

        var words = Regex.Replace(page, "^(?:#+ |```.*$)", string.Empty, RegexOptions.Multiline);
        Assert.Equal(
            (culture == "en-US" ? "TOPIC" : "主题") + HelpText.WithoutWhitespace(HelpText.Plain(words)),
            HelpText.WithoutWhitespace(text));
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void The_shipped_text_is_laid_out_as_PowerShell_expects(string culture, string topic)
    {
        var lines = Read(culture, topic, ".help.txt").Split('\n');

        // PowerShell uses the fifth line as the synopsis.
        Assert.Equal("    " + topic, lines[1]);
        Assert.StartsWith("    ", lines[4], StringComparison.Ordinal);
        Assert.Empty(lines[5]);
        Assert.All(lines, static line => Assert.True(HelpText.Columns(line) <= 80, line));
        Assert.All(lines, static line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData("about_IotCard")]
    [InlineData("about_IotCard_Outcomes")]
    [InlineData("about_IotCard_Settling")]
    public void Both_languages_have_the_same_sections(string topic)
    {
        static string[] Marks(string text) => [.. Regex.Matches(text, "^#+ |^- |^```\\w*", RegexOptions.Multiline).Select(static m => m.Value)];

        Assert.Equal(Marks(Read("en-US", topic, ".md")), Marks(Read("zh-CN", topic, ".md")));
    }

    private static string Read(string culture, string topic, string extension) =>
        File.ReadAllText(HelpFolder.Source(culture, topic + extension)).ReplaceLineEndings("\n");
}
