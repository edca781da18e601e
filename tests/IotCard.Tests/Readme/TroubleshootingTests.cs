using System.Text.RegularExpressions;
using IotCard.Tests.Help;

namespace IotCard.Tests.Readme;

/// <summary>The pages on errors, compared with the module's own texts.</summary>
public sealed class TroubleshootingTests
{
    /// <summary>The recommended actions for codes without their own, and for Unknown rows.</summary>
    private static readonly string[] General = ["Other", "isv", "Unknown", "MayBeResent"];

    [Theory]
    [InlineData("docs/troubleshooting.md", "Texts.resx")]
    [InlineData("docs/troubleshooting.zh-CN.md", "Texts.zh.resx")]
    public void Every_id_that_has_a_text_is_on_the_page(string name, string file)
    {
        var texts = ModuleTexts.Read(file);
        var keys = Entries(name, texts).Keys.Select(ModuleTexts.Key).ToList();

        Assert.All(texts.Keys("Meaning_"), key => Assert.Contains(key, keys));
        Assert.All(
            texts.Keys("Action_").Except(General),
            family => Assert.True(keys.Any(key => key == family || key.StartsWith(family + "_", StringComparison.Ordinal)), family));
    }

    [Theory]
    [InlineData("docs/troubleshooting.md")]
    [InlineData("docs/troubleshooting.zh-CN.md")]
    public void Every_id_with_a_category_is_on_the_page(string name)
    {
        var source = File.ReadAllText(Path.Combine(MarkdownPage.Root, "src/IotCard/Errors/ErrorCategories.cs"));
        var codes = Regex.Matches(source, @"\[(?:""(?<code>[\w.]+)""|\w+Code\.(?<code>\w+))\] = ", RegexOptions.ExplicitCapture).Select(static m => m.Groups["code"].Value).ToList();
        var cells = MarkdownPage.Read(name).Rows.Select(static row => row[0].Trim('`')).ToList();

        Assert.True(codes.Count > 50, $"only {codes.Count} codes found");
        Assert.All(codes, code => Assert.Contains(code, cells));
    }

    [Theory]
    [InlineData("docs/troubleshooting.md", "Texts.resx")]
    [InlineData("docs/troubleshooting.zh-CN.md", "Texts.zh.resx")]
    [InlineData("README.md", "Texts.resx")]
    [InlineData("README.zh-CN.md", "Texts.zh.resx")]
    public void It_says_what_the_module_says(string name, string file)
    {
        var texts = ModuleTexts.Read(file);
        var entries = Entries(name, texts);

        Assert.True(entries.Count >= 5, $"only {entries.Count} entries found");
        foreach (var (code, cells) in entries)
        {
            if (texts.MeaningOf(code) is { } meaning)
            {
                Assert.StartsWith(meaning, HelpText.Plain(cells[1]), StringComparison.Ordinal);
            }

            // The reasons of an unknown outcome have no actions of their own; their table has two columns.
            if (cells.Length > 2 && texts.ActionFor(code) is { } action)
            {
                Assert.StartsWith(action, HelpText.Plain(cells[2]), StringComparison.Ordinal);
            }
        }
    }

    /// <summary>The rows whose first cell is a code with a text in the module.</summary>
    private static Dictionary<string, string[]> Entries(string name, ModuleTexts texts) =>
        MarkdownPage.Read(name).Rows
            .Where(static row => Regex.IsMatch(row[0], @"^`[\w.]+`$"))
            .Select(static row => (Code: row[0].Trim('`'), Cells: row))
            .Where(entry => texts.MeaningOf(entry.Code) is not null || texts.ActionFor(entry.Code) is not null)
            .ToDictionary(static e => e.Code, static e => e.Cells, StringComparer.Ordinal);
}
