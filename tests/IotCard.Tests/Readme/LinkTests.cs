namespace IotCard.Tests.Readme;

public sealed class LinkTests
{
    public static TheoryData<string> Pages => MarkdownPage.All();

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_within_the_repository_has_a_target(string name)
    {
        var page = MarkdownPage.Read(name);

        foreach (var link in page.Links.Where(static l => !l.Contains("://", StringComparison.Ordinal)))
        {
            var parts = link.Split('#');
            var target = parts[0].Length == 0 ? page.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page.Path)!, parts[0]));
            Assert.True(File.Exists(target) || Directory.Exists(target), $"{name}: {link}");
            if (parts.Length > 1)
            {
                Assert.Contains(parts[1], MarkdownPage.Read(target).Anchors);
            }
        }
    }

    [Theory]
    [InlineData("README.md", "README.zh-CN.md")]
    [InlineData("docs/troubleshooting.md", "docs/troubleshooting.zh-CN.md")]
    [InlineData("docs/runbooks.md", "docs/runbooks.zh-CN.md")]
    [InlineData("docs/journal.md", "docs/journal.zh-CN.md")]
    [InlineData("docs/comparison.md", "docs/comparison.zh-CN.md")]
    [InlineData("docs/testing.md", "docs/testing.zh-CN.md")]
    [InlineData("docs/results.md", "docs/results.zh-CN.md")]
    [InlineData("docs/parameters.md", "docs/parameters.zh-CN.md")]
    [InlineData("docs/windows.md", "docs/windows.zh-CN.md")]
    public void The_two_languages_link_to_each_other(string english, string chinese)
    {
        Assert.Equal(Path.GetFileName(chinese), MarkdownPage.Read(english).Links.First());
        Assert.Equal(Path.GetFileName(english), MarkdownPage.Read(chinese).Links.First());
    }
}
