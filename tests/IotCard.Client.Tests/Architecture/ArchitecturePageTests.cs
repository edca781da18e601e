using System.Reflection;
using System.Text.RegularExpressions;

namespace IotCard.Client.Tests.Architecture;

/// <summary>The diagrams of docs/architecture.md, compared with the sources.</summary>
public sealed partial class ArchitecturePageTests
{
    /// <summary>Not shown: every folder may use it.</summary>
    private const string Everywhere = "Polyfills";

    private static readonly string Client = typeof(ArchitecturePageTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static a => a.Key == "ClientSources").Value!;

    private static readonly string Root = Path.GetFullPath(Path.Combine(Client, "../.."));

    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs/architecture.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_picture_has_every_folder_of_the_client() =>
        Assert.Equal(
            Directory.GetDirectories(Client).Select(static d => Path.GetFileName(d)!).Where(static d => d is not ("bin" or "obj" or Everywhere)).Order(StringComparer.Ordinal),
            Node().Matches(Diagram("## Folders of the client")).Select(static m => m.Groups["name"].Value).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_arrow_between_folders_is_a_use_in_the_sources() =>
        Assert.Empty(Arrows("## Folders of the client").Except(Uses()));

    [Fact]
    public void Every_use_in_the_sources_is_an_arrow_or_implied_by_arrows()
    {
        var arrows = Arrows("## Folders of the client");

        Assert.All(Uses(), use => Assert.Contains(use.To, Reach(arrows, use.From)));
    }

    [Fact]
    public void No_folder_uses_itself_through_others()
    {
        var uses = Uses();

        Assert.All(uses.Select(static u => u.From).Distinct(), folder => Assert.DoesNotContain(folder, Reach(uses, folder)));
    }

    [Fact]
    public void Every_arrow_between_projects_is_a_reference()
    {
        foreach (var (from, to) in Arrows("## Projects"))
        {
            var project = ProjectOf(from);
            var references = File.ReadAllText(Path.Combine(Root, "src", project, project + ".csproj"));
            Assert.True(references.Contains(ProjectOf(to) + ".csproj", StringComparison.Ordinal), $"{from} does not refer to {to}");
        }

        Assert.Equal(
            Directory.GetDirectories(Path.Combine(Root, "src")).Select(static d => Path.GetFileName(d)!).Order(StringComparer.Ordinal),
            Node().Matches(Diagram("## Projects")).Select(static m => ProjectOf(m.Groups["name"].Value)).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_class_that_the_page_names_exists()
    {
        var files = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();
        var named = Participant().Matches(Page).Concat(ClassRow().Matches(Page)).Select(static m => m.Groups["name"].Value).Distinct().ToList();

        Assert.True(named.Count > 12, $"only {named.Count} names found");
        Assert.All(named, name => Assert.Contains(name, files));
    }

    private static string ProjectOf(string node) => node == "IotCard" ? node : "IotCard." + node;

    private static string Diagram(string heading)
    {
        var start = Page.IndexOf("```mermaid\n", Page.IndexOf(heading, StringComparison.Ordinal), StringComparison.Ordinal);
        return Page[start..Page.IndexOf("\n```\n", start, StringComparison.Ordinal)];
    }

    private static HashSet<(string From, string To)> Arrows(string heading) =>
        [.. Arrow().Matches(Diagram(heading)).Select(static m => (m.Groups["from"].Value, m.Groups["to"].Value))];

    /// <summary>Which folder uses which, by the namespaces in its sources.</summary>
    private static HashSet<(string From, string To)> Uses() =>
        [.. Directory.GetDirectories(Client).SelectMany(static folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .SelectMany(static file => Named().Matches(File.ReadAllText(file)))
            .Select(m => (From: Path.GetFileName(folder)!, To: m.Groups["folder"].Value)))
            .Where(static u => u.From is not ("bin" or "obj" or Everywhere) && u.To != u.From && u.To != Everywhere)];

    private static HashSet<string> Reach(HashSet<(string From, string To)> arrows, string from)
    {
        var reached = new HashSet<string>();
        var pending = new Queue<string>([from]);
        while (pending.TryDequeue(out var next))
        {
            foreach (var (_, to) in arrows.Where(a => a.From == next))
            {
                if (reached.Add(to))
                {
                    pending.Enqueue(to);
                }
            }
        }

        return reached;
    }

    [GeneratedRegex("""^    (?<from>\w+)(?:\[".*?"\])? --> (?<to>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex("""(?<=^    |--> )(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Node();

    [GeneratedRegex(@"(?<!namespace )\bIotCard\.Client\.(?<folder>[A-Z]\w*)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^    participant (?<name>\w+)$", RegexOptions.Multiline)]
    private static partial Regex Participant();

    [GeneratedRegex(@"^\| `(?<name>[A-Z]\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex ClassRow();
}
