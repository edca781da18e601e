using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using IotCard.Architecture;

namespace IotCard.Client.Tests.Architecture;

/// <summary>The diagrams of docs/architecture.md, compared with the sources.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string Client = typeof(ArchitecturePageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "ClientSources").Value!;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Client, "../.."));

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs/architecture.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_folders_of_the_client_are_as_drawn_and_without_a_circle() =>
        new FolderDiagram(Page, "## Folders of the client").AssertShows(new FolderGraph(Client, "IotCard.Client", everywhere: "Polyfills"));

    [Fact]
    public void The_folders_of_the_module_are_as_drawn_and_without_a_circle() =>
        new FolderDiagram(Page, "## Folders of the module").AssertShows(
            new FolderGraph(Path.Combine(Root, "src/IotCard"), "IotCard", rootNode: "Results"));

    [Fact]
    public void The_folders_of_the_sandbox_are_as_drawn_and_without_a_circle() =>
        new FolderDiagram(Page, "## Folders of the sandbox").AssertShows(
            new FolderGraph(Path.Combine(Root, "src/IotCard.Sandbox"), "IotCard.Sandbox", rootNode: "SandboxService"));

    [Fact]
    public void Every_arrow_between_projects_is_a_reference()
    {
        var diagram = new FolderDiagram(Page, "## Projects");
        foreach (var (from, to) in diagram.Arrows)
        {
            var project = ProjectOf(from);
            var references = File.ReadAllText(Path.Combine(Root, "src", project, project + ".csproj"));
            Assert.True(references.Contains(ProjectOf(to) + ".csproj", StringComparison.Ordinal), $"{from} does not refer to {to}");
        }

        Assert.Equal(
            Directory.GetDirectories(Path.Combine(Root, "src")).Select(static d => Path.GetFileName(d)!).Order(StringComparer.Ordinal),
            diagram.Nodes.Select(ProjectOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_class_that_the_page_names_exists()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var named = ClassRow().Matches(Page).Select(static m => m.Groups["name"].Value).ToList();

        Assert.True(named.Count > 12, $"only {named.Count} names found");
        Assert.All(named, name => Assert.Contains(name, files));
    }

    [Fact]
    public void Every_step_of_a_card_names_a_method_that_exists()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).ToLookup(Path.GetFileNameWithoutExtension);
        var steps = Step().Matches(Page);

        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(static m => int.Parse(m.Groups["number"].Value, CultureInfo.InvariantCulture)));
        Assert.InRange(steps.Count, 25, 35);
        Assert.All(steps, step => Assert.Contains(
            files[step.Groups["class"].Value],
            file => File.ReadAllText(file).Contains(" " + step.Groups["method"].Value + "(", StringComparison.Ordinal)));
    }

    private static string ProjectOf(string node) => node == "IotCard" ? node : "IotCard." + node;

    [GeneratedRegex(@"^(?<number>[0-9]+)\. `(?<class>\w+)\.(?<method>\w+)`", RegexOptions.Multiline)]
    private static partial Regex Step();

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ClassRow();
}
