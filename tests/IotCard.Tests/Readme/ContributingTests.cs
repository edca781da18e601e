using System.Text.Json;
using System.Text.RegularExpressions;

namespace IotCard.Tests.Readme;

/// <summary>What a contributor starts with: the page, and the editor's tasks and profiles.</summary>
public sealed class ContributingTests
{
    [Fact]
    public void Every_path_that_the_page_names_exists()
    {
        var paths = Regex.Matches(Read("CONTRIBUTING.md"), "`(?<path>(?:src|tests|docs|build)/[^`<> *]+)`", RegexOptions.ExplicitCapture).Select(static m => m.Groups["path"].Value).ToList();

        Assert.True(paths.Count > 20, $"only {paths.Count} paths found");
        Assert.All(paths, AssertExists);
    }

    [Fact]
    public void The_editor_builds_and_starts_what_exists()
    {
        using var tasks = JsonDocument.Parse(Read(".vscode/tasks.json"));
        using var profiles = JsonDocument.Parse(Read(".vscode/launch.json"));
        var labels = tasks.RootElement.GetProperty("tasks").EnumerateArray().Select(static t => t.GetProperty("label").GetString()).ToList();

        Assert.All(
            tasks.RootElement.GetProperty("tasks").EnumerateArray().SelectMany(static t => t.GetProperty("args").EnumerateArray()).Select(static a => a.GetString()!).Where(static a => a.Contains('/', StringComparison.Ordinal)),
            AssertExists);
        Assert.All(
            profiles.RootElement.GetProperty("configurations").EnumerateArray().Where(static p => p.TryGetProperty("preLaunchTask", out _)),
            profile => Assert.Contains(profile.GetProperty("preLaunchTask").GetString(), labels));
    }

    private static void AssertExists(string path) => Assert.True(Path.Exists(Path.Combine(MarkdownPage.Root, path)), path);

    private static string Read(string file) => File.ReadAllText(Path.Combine(MarkdownPage.Root, file));
}
