using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IotCard.Tests.Texts;

/// <summary>The module's texts, read from their sources: none missing in either language, none unused.</summary>
public sealed partial class TextsTests
{
    /// <summary>Of the Chinese texts for the client's messages, whose English is in the client's code alone.</summary>
    private const string ClientPrefix = "Said_";

    private static readonly string Sources = typeof(TextsTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "ModuleSources").Value!;

    private static readonly Dictionary<string, string> English = Read("Texts.resx");
    private static readonly Dictionary<string, string> Chinese = Read("Texts.zh.resx");

    [Fact]
    public void Both_languages_have_the_same_texts() =>
        Assert.Equal(English.Keys.Order(), Chinese.Keys.Where(static k => !k.StartsWith(ClientPrefix, StringComparison.Ordinal)).Order());

    [Fact]
    public void Both_languages_fill_in_the_same_values() =>
        Assert.All(English, text => Assert.Equal(Placeholders(text.Value), Placeholders(Chinese[text.Key])));

    [Fact]
    public void Chinese_is_Chinese_and_English_is_not()
    {
        Assert.All(English.Values, text => Assert.DoesNotMatch(Han(), text));

        // How sentences are joined is not a text of its own.
        Assert.All(Chinese.Where(text => text.Key != "Sentences"), text => Assert.Matches(HanOrItsPunctuation(), text.Value));
    }

    [Fact]
    public void Every_code_with_a_meaning_has_a_recommended_action() =>
        Assert.All(
            Codes("Meaning_").Except(["Interrupted", "OtherSignatureMethod", "OtherEndpoint", "OtherChannel", "OtherAccessKey", "OtherToken", "OtherRequest", "ResponseTimeout", "ConnectionLost", "ResponseUnreadable", "ResponseWithoutVerdict", "SignatureNonceUsed", "ServiceUnavailable", "InternalError"]),
            code => Assert.True(Ancestors(code).Any(Codes("Action_").Contains), code));

    [Fact]
    public void Every_text_that_the_code_names_exists()
    {
        var named = Directory.EnumerateFiles(Sources, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(path => TextName().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .ToList();

        Assert.True(named.Count > 20, $"only {named.Count} names found");
        Assert.All(named, name => Assert.True(English.ContainsKey(name) || English.Keys.Any(k => k.StartsWith(name, StringComparison.Ordinal)), name));
    }

    [Fact]
    public void Every_message_of_the_client_about_credentials_has_its_Chinese_with_the_same_values()
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        var calls = 0;
        foreach (var source in Directory.EnumerateFiles(Path.Combine(Sources, "../IotCard.Client/Credentials"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText))
        {
            calls += Regex.Count(source, @"new LocalizableMessage\(");
            foreach (Match match in ClientWords().Matches(source))
            {
                var hole = 0;
                var words = Hole().Replace(match.Groups["words"].Value, h => $"{{{hole++}{h.Groups["format"].Value}}}");
                Assert.True(said.TryAdd(match.Groups["code"].Value, words) || said[match.Groups["code"].Value] == words, $"'{words}' has the code of '{said[match.Groups["code"].Value]}'");
                calls--;
            }
        }

        Assert.Equal(0, calls);
        Assert.Equal(said.Keys.Order(), Chinese.Keys.Where(static k => k.StartsWith(ClientPrefix, StringComparison.Ordinal)).Select(static k => k[ClientPrefix.Length..]).Order());
        Assert.All(said, static text => Assert.Equal(Placeholders(text.Value), Placeholders(Chinese[ClientPrefix + text.Key])));
    }

    private static IEnumerable<string> Ancestors(string code)
    {
        for (var key = code; key.Length > 0; key = key[..Math.Max(key.LastIndexOf('_'), 0)])
        {
            yield return key;
        }
    }

    private static HashSet<string> Codes(string prefix) =>
        [.. English.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..])];

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(m => m.Value).Distinct().Order();

    private static Dictionary<string, string> Read(string file) =>
        XDocument.Load(Path.Combine(Sources, "Texts", file)).Root!
            .Elements("data")
            .ToDictionary(e => e.Attribute("name")!.Value, e => e.Element("value")!.Value, StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d(?::[^}]*)?\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"[\p{IsCJKUnifiedIdeographs}：；]")]
    private static partial Regex HanOrItsPunctuation();

    [GeneratedRegex("""new LocalizableMessage\(\s*"(?<code>\w+)",\s*\$"(?<words>([^"\\{]|\{([^{}"]|"[^"]*")*\})*)["]""", RegexOptions.ExplicitCapture)]
    private static partial Regex ClientWords();

    [GeneratedRegex("""\{(?:[^{}"]|"[^"]*")*?(?<format>:(?:0\.###|u))?\}""", RegexOptions.ExplicitCapture)]
    private static partial Regex Hole();

    [GeneratedRegex("""[tT]ext\.(?:Get|Format)\(\s*"(?<name>\w+)["\s]""")]
    private static partial Regex TextName();
}
