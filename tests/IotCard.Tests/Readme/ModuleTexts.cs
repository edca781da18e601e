using System.Xml.Linq;

namespace IotCard.Tests.Readme;

/// <summary>The module's texts about errors, read from their sources.</summary>
internal sealed class ModuleTexts
{
    private readonly Dictionary<string, string> _texts;

    private ModuleTexts(Dictionary<string, string> texts) => _texts = texts;

    /// <summary>The names of its texts with this prefix, without the prefix.</summary>
    internal IEnumerable<string> Keys(string prefix) =>
        _texts.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..]);

    internal static ModuleTexts Read(string file) => new(
        XDocument.Load(Path.Combine(MarkdownPage.Root, "src/IotCard/Texts", file)).Root!
            .Elements("data")
            .ToDictionary(static e => e.Attribute("name")!.Value, static e => e.Element("value")!.Value, StringComparer.Ordinal));

    /// <summary>A code as it appears in a text's name.</summary>
    internal static string Key(string code) => code.Replace('.', '_');

    internal string? MeaningOf(string code) => _texts.GetValueOrDefault("Meaning_" + Key(code));

    /// <summary>The recommended action of a code or its family.</summary>
    internal string? ActionFor(string code)
    {
        for (var key = code; key.Length > 0; key = key[..Math.Max(key.LastIndexOf('.'), 0)])
        {
            if (_texts.TryGetValue("Action_" + Key(key), out var action))
            {
                return action;
            }
        }

        return null;
    }
}
