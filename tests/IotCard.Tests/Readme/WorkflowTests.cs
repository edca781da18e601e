using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IotCard.Tests.Readme;

/// <summary>The versions pinned in the workflow: each occurs once, and is the one that these tests run on.</summary>
public sealed class WorkflowTests
{
    private static readonly string Workflow = Read(".github/workflows/ci.yml");

    private static readonly Dictionary<string, string> Pins = Regex.Matches(Workflow, @"^  (?<name>\w+_VERSION): (?<version>[\d.]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)
        .ToDictionary(static m => m.Groups["name"].Value, static m => m.Groups["version"].Value, StringComparer.Ordinal);

    [Fact]
    public void Each_version_occurs_in_the_workflow_once() =>
        Assert.All(Pins.Values, static version => Assert.Single(Regex.Matches(Workflow, $@"(?<![\d.]){Regex.Escape(version)}(?![\d.])")));

    [Fact]
    public void PowerShell_and_Pester_are_those_that_dotnet_test_restores()
    {
        using var tools = JsonDocument.Parse(Read(".config/dotnet-tools.json"));

        Assert.Equal(tools.RootElement.GetProperty("tools").GetProperty("powershell").GetProperty("version").GetString(), Pins["POWERSHELL_VERSION"]);
        Assert.Equal(XDocument.Parse(Read("Directory.Packages.props")).Descendants("PesterVersion").Single().Value, Pins["PESTER_VERSION"]);
    }

    [Fact]
    public void The_shells_of_the_matrix_are_the_pinned_ones() =>
        Assert.Contains(
            $"powershell: ['{Minor("POWERSHELL_PREVIOUS_VERSION")}', '{Minor("POWERSHELL_VERSION")}']", Workflow, StringComparison.Ordinal);

    private static string Minor(string name) => Pins[name][..Pins[name].LastIndexOf('.')];

    private static string Read(string file) => File.ReadAllText(Path.Combine(MarkdownPage.Root, file)).ReplaceLineEndings("\n");
}
