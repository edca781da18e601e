namespace IotCard.Client.Credentials.Profiles;

/// <summary>
/// Reads the SDKs' shared file: <c>[section]</c> lines, <c>key = value</c> lines, whole-line comments with <c>;</c> or
/// <c>#</c>, and comments after a value if a blank precedes the mark. The last value of a repeated key counts; a
/// repeated section is continued. Values may be in single or double quotes.
/// </summary>
internal sealed class IniFile
{
    private readonly Dictionary<string, IniSection> _sections = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    private IniFile()
    {
    }

    /// <summary>The names of the sections, in the order of the file.</summary>
    internal IReadOnlyList<string> Names => _names;

    /// <exception cref="CredentialException"><c>MalformedFile</c> or <c>UnreadableFile</c>.</exception>
    internal static IniFile Read(string path) => Parse(FileText.Read(path), path);

    internal static IniFile Parse(string text, string path)
    {
        var file = new IniFile();
        var section = new IniSection("");
        var lines = new StringReader(text);
        var number = 0;
        while (lines.ReadLine() is { } raw)
        {
            number++;
            var line = raw.Trim();
            if (line.Length == 0 || line[0] is ';' or '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                section = file.Section(SectionName(line, path, number));
                continue;
            }

            var equals = line.IndexOf('=');
            if (equals <= 0)
            {
                throw Malformed(path, number, new LocalizableMessage("IniLine", $"neither a [section], nor key = value, nor a comment"));
            }

            section[line[..equals].TrimEnd()] = Value(line[(equals + 1)..].Trim(), path, number);
        }

        return file;
    }

    internal IniSection? Find(string name) => _sections.TryGetValue(name, out var section) ? section : null;

    internal bool HoldsSecret => _sections.Values.Any(static s => s["access_key_secret"] is not null);

    private IniSection Section(string name)
    {
        if (!_sections.TryGetValue(name, out var section))
        {
            section = new IniSection(name);
            _sections.Add(name, section);
            _names.Add(name);
        }

        return section;
    }

    private static string SectionName(string line, string path, int number)
    {
        var end = line.IndexOf(']');
        var rest = end < 0 ? "" : line[(end + 1)..].TrimStart();
        var name = end < 0 ? "" : line[1..end].Trim();
        return name.Length > 0 && (rest.Length == 0 || rest[0] is ';' or '#')
            ? name
            : throw Malformed(path, number, new LocalizableMessage("IniSectionName", $"a section's name stands alone in [ and ]"));
    }

    private static string Value(string text, string path, int number)
    {
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = text.LastIndexOf(text[0]);
            return end > 0 ? text[1..end] : throw Malformed(path, number, new LocalizableMessage("IniQuote", $"the closing quote is missing"));
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ';' or '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return text[..i].TrimEnd();
            }
        }

        return text;
    }

    private static CredentialException Malformed(string path, int number, LocalizableMessage reason) =>
        new(CredentialErrorCode.MalformedFile, new LocalizableMessage("MalformedLine", $"{path} is malformed, line {number}: {reason}."));
}
