using System.Management.Automation;
using System.Text.RegularExpressions;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Readme;

/// <summary>What the README says about the commands, compared with the commands.</summary>
public sealed class ReadmeTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private static readonly string[] Commands = ["Set-IotCardBinding", "Remove-IotCardBinding"];

    public static TheoryData<string, string> Pairs => MarkdownPage.Pairs();

    [Theory]
    [InlineData("docs/parameters.md")]
    [InlineData("docs/parameters.zh-CN.md")]
    public void The_table_of_parameters_names_those_that_the_commands_have(string name)
    {
        var real = Commands.Select(c => commands[c]).ToList();
        var rows = MarkdownPage.Read(name).Rows.Where(static r => r[0].StartsWith("`-", StringComparison.Ordinal)).ToList();

        var named = rows.SelectMany(static r => Regex.Matches(r[0], "`-(?<name>\\w+)`").Select(static m => m.Groups["name"].Value)).ToList();
        Assert.Equal(real.SelectMany(OwnParameters).Distinct().Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));

        var blank = Activator.CreateInstance(real[0].ImplementingType)!;
        foreach (var row in rows)
        {
            var parameter = Regex.Match(row[0], "`-(?<name>\\w+)`").Groups["name"].Value;
            var metadata = real[0].Parameters[parameter];
            if (metadata.Aliases is { Count: > 0 } aliases && row[0].Contains('(', StringComparison.Ordinal))
            {
                Assert.All(aliases, alias => Assert.Contains($"`{alias}`", row[0], StringComparison.Ordinal));
            }

            if (metadata.Attributes.OfType<ValidateRangeAttribute>().SingleOrDefault() is { } range)
            {
                Assert.Matches($@"\b{range.MinRange} (to|到) {range.MaxRange}", row[2]);
            }

            if (blank.GetType().GetProperty(parameter)?.GetValue(blank) is { } value and (int or string or Uri))
            {
                Assert.Equal(value.ToString()!.TrimEnd('/'), row[1].Trim('`'));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_languages_have_the_same_sections_and_tables(string english, string chinese)
    {
        Assert.Equal(MarkdownPage.Read(english).Anchors.Count(), MarkdownPage.Read(chinese).Anchors.Count());
        Assert.Equal(MarkdownPage.Read(english).Rows.Select(static r => r.Length), MarkdownPage.Read(chinese).Rows.Select(static r => r.Length));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Both_languages_link_to_each_other(string english, string chinese)
    {
        Assert.Equal(Path.GetFileName(chinese), MarkdownPage.Read(english).Links.First());
        Assert.Equal(Path.GetFileName(english), MarkdownPage.Read(chinese).Links.First());
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void It_begins_with_what_needs_only_the_SDK(string name) =>
        Assert.Equal(["dotnet run --project src/IotCard.Demo\n", "dotnet test\n"], MarkdownPage.Read(name).Code("shell").Take(2));

    [Theory]
    [InlineData("docs/parameters.md")]
    [InlineData("docs/parameters.zh-CN.md")]
    public void The_table_of_commands_has_every_command(string name) =>
        Assert.Equal(
            commands.Names.Order(StringComparer.Ordinal),
            MarkdownPage.Read(name).Rows.SelectMany(static r => Regex.Matches(r[0], "`(?<name>[A-Z]\\w+-\\w+)`").Select(static m => m.Groups["name"].Value)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void It_fits_a_first_look(string name)
    {
        var text = File.ReadAllBytes(Path.Combine(MarkdownPage.Root, name));

        Assert.InRange(text.Length, 1, 9 * 1024);
        Assert.InRange(text.Count(static b => b == '\n'), 1, 115);
    }

    [Fact]
    public void Contributing_names_the_tasks_that_the_build_has()
    {
        var build = File.ReadAllText(Path.Combine(MarkdownPage.Root, "build.ps1"));
        var tasks = Regex.Match(build, @"ValidateSet\((?<tasks>'Build'[^)]*)\)").Groups["tasks"].Value.Split(',').Select(static t => t.Trim(' ', '\''));
        var row = MarkdownPage.Read("CONTRIBUTING.md").Rows.Single(static r => r[0] == "`build.ps1`");

        Assert.Equal(tasks, Regex.Matches(row[1], "`(?:-Task )?(?<task>\\w+)`").Select(static m => m.Groups["task"].Value));
    }

    private static IEnumerable<string> OwnParameters(CmdletInfo command) =>
        command.Parameters.Keys.Except(Cmdlet.CommonParameters, StringComparer.OrdinalIgnoreCase);
}
