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
}
