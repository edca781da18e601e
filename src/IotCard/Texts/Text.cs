using System.Globalization;
using System.Resources;

namespace IotCard.Texts;

/// <summary>The module's texts, in English and Chinese, by <c>$PSUICulture</c>; in English for any other culture.</summary>
/// <param name="culture">The host's UI culture.</param>
internal sealed class Text(CultureInfo culture)
{
    /// <summary>The name of the resources, by which PowerShell finds the help of a parameter's prompt.</summary>
    internal const string BaseName = "IotCard.Texts.Texts";

    private static readonly ResourceManager Resources = new(BaseName, typeof(Text).Assembly);

    // Each is looked up once per command: a run over a fleet needs the same few texts for every row.
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);

    internal string Get(string name) =>
        Find(name) ?? throw new MissingManifestResourceException($"The text '{name}' is missing.");

    internal string Format(string name, params object?[] values) =>
        string.Format(culture, Get(name), values);

    /// <summary>The meaning of a code; null for an undocumented one.</summary>
    internal string? MeaningOf(string code) => Find("Meaning_" + Key(code));

    /// <summary>The recommended action for a code: its own, that of its family, or the general one.</summary>
    internal string ActionFor(string code)
    {
        for (var key = code; key.Length > 0; key = key[..Math.Max(key.LastIndexOf('.'), 0)])
        {
            if (Find("Action_" + Key(key)) is { } action)
            {
                return action;
            }
        }

        return Get("Action_Other");
    }

    /// <summary>Finds a text that may be missing, such as that of an undocumented number.</summary>
    internal string? Find(string name)
    {
        if (!_found.TryGetValue(name, out var text))
        {
            text = Resources.GetString(name, culture);
            _found.Add(name, text);
        }

        return text;
    }

    private static string Key(string code) => code.Replace('.', '_');
}
