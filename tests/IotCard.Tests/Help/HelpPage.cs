using System.Text.RegularExpressions;

namespace IotCard.Tests.Help;

/// <summary>A command's page: PlatyPS markdown.</summary>
internal sealed class HelpPage
{
    private readonly Dictionary<string, string> _sections;

    private HelpPage(string text)
    {
        Text = text;
        _sections = Regex.Split(text, @"^## ", RegexOptions.Multiline).Skip(1)
            .ToDictionary(static s => s[..s.IndexOf('\n', StringComparison.Ordinal)].Trim(), static s => s[s.IndexOf('\n', StringComparison.Ordinal)..].Trim());
    }

    internal string Text { get; }

    internal string Synopsis => HelpText.Plain(_sections["SYNOPSIS"]);

    internal string[] Description => HelpText.Paragraphs(_sections["DESCRIPTION"]);

    internal string[] Notes => HelpText.Paragraphs(_sections["NOTES"]);

    internal string[] Links => [.. Regex.Matches(_sections["RELATED LINKS"], @"\[([^\]]+)\]\(([^)]+)\)").Select(static m => m.Groups[1].Value)];

    internal string[] LinkTargets => [.. Regex.Matches(_sections["RELATED LINKS"], @"\[([^\]]+)\]\(([^)]+)\)").Select(static m => m.Groups[2].Value)];

    internal (string Name, string[] Text)[] Inputs => Types("INPUTS");

    internal (string Name, string[] Text)[] Outputs => Types("OUTPUTS");

    internal HelpParameter[] Parameters =>
        [.. Parts("PARAMETERS").Where(static p => p.Heading[0] == '-').Select(static p => HelpParameter.Read(p.Heading[1..], p.Body))];

    internal HelpExample[] Examples => [.. Parts("EXAMPLES").Select(static p => ReadExample(p.Heading, p.Body))];

    internal static HelpPage Read(string culture, string command) =>
        new(File.ReadAllText(HelpFolder.Source(culture, command + ".md")).ReplaceLineEndings("\n"));

    private static HelpExample ReadExample(string heading, string body)
    {
        var code = Regex.Match(body, "```powershell\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture);
        var output = Regex.Match(body, "```output\n(?<text>.*?)\n```", RegexOptions.Singleline | RegexOptions.ExplicitCapture);
        var rest = output.Success ? body.Remove(code.Index, code.Length).Replace(output.Value, output.Groups["text"].Value, StringComparison.Ordinal) : body.Remove(code.Index, code.Length);
        return new HelpExample(HelpText.Plain(heading), code.Groups["text"].Value, output.Success ? output.Groups["text"].Value : null, HelpText.Paragraphs(rest));
    }

    private (string Name, string[] Text)[] Types(string section) =>
        [.. Parts(section).Select(static p => (p.Heading, HelpText.Paragraphs(p.Body)))];

    private IEnumerable<(string Heading, string Body)> Parts(string section) =>
        Regex.Split(_sections[section], @"^### ", RegexOptions.Multiline).Skip(1)
            .Select(static p => (p[..p.IndexOf('\n', StringComparison.Ordinal)].Trim(), p[p.IndexOf('\n', StringComparison.Ordinal)..].Trim()));
}
