using System.Text.RegularExpressions;

namespace IotCard.Architecture;

/// <summary>A diagram of a page, in Mermaid's notation.</summary>
internal sealed partial class FolderDiagram
{
    /// <summary>Reads the first diagram below a heading.</summary>
    /// <param name="page">The page's text.</param>
    /// <param name="heading">The heading.</param>
    internal FolderDiagram(string page, string heading)
    {
        var start = page.IndexOf("```mermaid\n", page.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal);
        var diagram = page[start..page.IndexOf("\n```\n", start, StringComparison.Ordinal)];
        Nodes = Node().Matches(diagram).Select(static m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        Arrows = Arrow().Matches(diagram).Select(static m => (m.Groups["from"].Value, m.Groups["to"].Value)).ToHashSet();
    }

    internal IReadOnlySet<string> Nodes { get; }

    internal IReadOnlySet<(string From, string To)> Arrows { get; }

    /// <summary>Asserts that a graph has no circle and is what the diagram shows: arrows implied by others may be left out.</summary>
    internal void AssertShows(FolderGraph graph)
    {
        Assert.Empty(graph.Circles);
        Assert.Equal(graph.Folders.Order(StringComparer.Ordinal), Nodes.Order(StringComparer.Ordinal));
        Assert.Empty(Arrows.Except(graph.Uses));
        Assert.All(graph.Uses, use => Assert.Contains(use.To, FolderGraph.Reach(Arrows, use.From)));
    }

    [GeneratedRegex("""^    (?<from>\w+)(?:\[".*?"\])? --> (?<to>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex("""(?<=^    |--> )(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Node();
}
