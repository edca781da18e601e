using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Help;

public sealed class HelpTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    public static TheoryData<string, string> Pages => HelpFolder.Pages();

    public static TheoryData<string> Commands => [.. HelpFolder.Commands];

    [Theory]
    [InlineData("en-US")]
    [InlineData("zh-CN")]
    public void There_is_a_page_for_every_command_and_no_other(string culture)
    {
        var names = commands.Names.Order(StringComparer.Ordinal).ToList();

        Assert.Equal(names, HelpFolder.Commands.Order(StringComparer.Ordinal));
        Assert.Equal(names, Directory.GetFiles(Path.Combine(HelpFolder.Docs, culture), "*-*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
        Assert.Equal(names, MamlPage.ReadAll(culture).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(HelpFolder.Topics, Directory.GetFiles(Path.Combine(HelpFolder.Docs, culture), "about_*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_describes_the_parameters_that_the_command_has_and_no_others(string culture, string command)
    {
        var real = commands[command];
        var page = HelpPage.Read(culture, command);

        Assert.Equal(
            real.Parameters.Keys.Except(Cmdlet.CommonParameters, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
            page.Parameters.Select(static p => p.Name).Order(StringComparer.Ordinal));
        var blank = Activator.CreateInstance(real.ImplementingType)!;
        foreach (var parameter in page.Parameters)
        {
            var metadata = real.Parameters[parameter.Name];
            Assert.Equal(metadata.ParameterType.ToString(), parameter.Type);
            Assert.Equal(metadata.Aliases, parameter.Aliases);
            Assert.Equal(DefaultOf(blank, parameter.Name), parameter.Default);
            Assert.Equal(metadata.Attributes.OfType<ValidateSetAttribute>().SelectMany(static s => s.ValidValues), parameter.AcceptedValues);
            Assert.Equal(
                metadata.ParameterSets.OrderBy(static s => s.Key, StringComparer.Ordinal).Select(static s => new HelpParameterSet(
                    s.Key == ParameterAttribute.AllParameterSets ? "(All)" : s.Key,
                    s.Value.Position == int.MinValue ? "Named" : s.Value.Position.ToString(CultureInfo.InvariantCulture),
                    s.Value.IsMandatory,
                    s.Value.ValueFromPipeline,
                    s.Value.ValueFromPipelineByPropertyName)),
                parameter.Sets);
            foreach (var range in metadata.Attributes.OfType<ValidateRangeAttribute>())
            {
                Assert.Matches($@"\b{range.MinRange} (to|到) {range.MaxRange}\b", parameter.Description);
            }

            Assert.All(metadata.Aliases.Where(static a => a.Length > 2), alias => Assert.Contains($"`{alias}`", parameter.Description, StringComparison.Ordinal));
        }

        Assert.Equal(real.OutputType.Select(static t => t.Name), page.Outputs.Select(static t => t.Name));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_has_no_placeholders(string culture, string command)
    {
        var page = HelpPage.Read(culture, command);

        Assert.DoesNotContain("{{", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("ProgressAction", page.Text, StringComparison.Ordinal);
        Assert.Contains($"\nLocale: {culture}\n", page.Text, StringComparison.Ordinal);
        Assert.Contains("\nexternal help file: IotCard.dll-Help.xml\n", page.Text, StringComparison.Ordinal);
        Assert.True(page.Examples.Length >= 4);
        Assert.All(page.Examples, static e => Assert.NotEmpty(e.Prose));
        Assert.All(page.Parameters, static p => Assert.True(p.Description.Length > 8, p.Name));
        Assert.NotEmpty(page.Notes);
        Assert.All(page.Inputs.Concat(page.Outputs), static t => Assert.NotEmpty(t.Text));
        Assert.All(page.LinkTargets, target => Assert.True(File.Exists(HelpFolder.Source(culture, target)), target));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_and_output_fit_into_a_terminal_of_80_columns(string culture, string command) =>
        Assert.All(
            HelpPage.Read(culture, command).Examples.SelectMany(static e => $"{e.Code}\n{e.Output}".Split('\n')),
            static line => Assert.True(HelpText.Columns(line) <= 75, line));

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_shipped_help_says_what_the_page_says(string culture, string command)
    {
        var page = HelpPage.Read(culture, command);
        var maml = MamlPage.ReadAll(culture)[command];

        Assert.Equal(page.Synopsis, maml.Synopsis);
        Assert.Equal(page.Description, maml.Description);
        Assert.Equal(page.Notes, maml.Notes);
        Assert.Equal(page.Links, maml.Links);
        Assert.Empty(maml.OnlineLinks);
        Assert.Equal(page.Inputs, maml.Inputs, SameType);
        Assert.Equal(page.Outputs, maml.Outputs, SameType);
        Assert.Equal(page.Examples.Select(static e => $"---- {e.Title} ----"), maml.Examples.Select(static e => e.Title));
        Assert.Equal(page.Examples.Select(static e => e.Code), maml.Examples.Select(static e => e.Code.ReplaceLineEndings("\n")));
        Assert.Equal(page.Examples.SelectMany(static e => e.Prose), maml.Examples.SelectMany(static e => e.Prose));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_shipped_help_has_the_pages_parameters(string culture, string command)
    {
        var page = HelpPage.Read(culture, command);
        var maml = MamlPage.ReadAll(culture)[command];

        Assert.Equal(page.Parameters.Select(static p => p.Name).Order(StringComparer.Ordinal), maml.Parameters.Select(MamlPage.Name).Order(StringComparer.Ordinal));
        foreach (var shipped in maml.Parameters)
        {
            var parameter = page.Parameters.Single(p => p.Name == MamlPage.Name(shipped));
            Assert.Equal(HelpText.Paragraphs(parameter.Description), MamlPage.DescriptionOf(shipped));
            Assert.Equal(parameter.Default, MamlPage.Default(shipped));
            Assert.Equal(parameter.Aliases.Length == 0 ? "none" : string.Join(", ", parameter.Aliases), shipped.Attribute("aliases")!.Value);
            Assert.Equal(parameter.Sets[0].Position, shipped.Attribute("position")!.Value);
            Assert.Equal(parameter.Sets[0].IsRequired ? "true" : "false", shipped.Attribute("required")!.Value);

            // The help has one value for all parameter sets.
            var input = (parameter.Sets.Any(static s => s.FromPipeline), parameter.Sets.Any(static s => s.FromProperty)) switch
            {
                (true, true) => "true (ByValue, ByPropertyName)",
                (true, false) => "true (ByValue)",
                (false, true) => "true (ByPropertyName)",
                _ => "false",
            };
            Assert.Equal(input, shipped.Attribute("pipelineInput")!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Both_languages_show_the_same_examples_and_results(string command)
    {
        var english = HelpPage.Read("en-US", command);
        var chinese = HelpPage.Read("zh-CN", command);

        Assert.Equal(english.Examples.Select(static e => e.Output), chinese.Examples.Select(static e => e.Output));
        Assert.Equal(english.Description.Length, chinese.Description.Length);
        Assert.Equal(english.Notes.Length, chinese.Notes.Length);
        Assert.Equal(english.Links, chinese.Links);
        Assert.All(chinese.Parameters, static p => Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", p.Description));
    }

    [Fact]
    public async Task The_module_ships_the_help_where_PowerShell_looks_for_it()
    {
        string[] files = ["IotCard.dll-Help.xml", .. HelpFolder.Topics.Select(static t => t + ".help.txt")];
        foreach (var (culture, file) in HelpFolder.Cultures.SelectMany(c => files.Select(f => (c, f))))
        {
            Assert.Equal(
                await File.ReadAllTextAsync(HelpFolder.Source(culture, file), TestContext.Current.CancellationToken),
                await File.ReadAllTextAsync(HelpFolder.Shipped(culture, file), TestContext.Current.CancellationToken));
        }
    }

    private static string DefaultOf(object cmdlet, string name) => cmdlet.GetType().GetProperty(name)?.GetValue(cmdlet) switch
    {
        null when name.EndsWith("Endpoint", StringComparison.Ordinal) => OwnEndpointOf(cmdlet, name).OriginalString,
        null => name is "WhatIf" or "Confirm" ? "False" : "None",
        string[] { Length: 0 } => "None",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Where requests go if neither the parameter nor a variable says otherwise.</summary>
    private static Uri OwnEndpointOf(object cmdlet, string name) =>
        name == "CardEndpoint" ? new Uri("https://linkcard.aliyuncs.com")
        : (Uri)cmdlet.GetType().GetProperty("OwnEndpoint", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(cmdlet)!;

    private static bool SameType((string Name, string[] Text) one, (string Name, string[] Text) other) =>
        one.Name == other.Name && one.Text.SequenceEqual(other.Text);
}
