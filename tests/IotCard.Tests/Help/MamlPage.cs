using System.Xml.Linq;

namespace IotCard.Tests.Help;

/// <summary>A command's help as PowerShell reads it.</summary>
internal sealed class MamlPage(XElement command)
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    internal string Synopsis => Paragraphs(command.Element(Command + "details")!.Element(Maml + "description")!).Single();

    internal string[] Description => Paragraphs(command.Element(Maml + "description")!)[..^1];

    internal string[] Notes => Paragraphs(command.Element(Maml + "alertSet")!.Element(Maml + "alert")!);

    /// <summary>The names in the last paragraph of the description.</summary>
    internal string[] Links => Paragraphs(command.Element(Maml + "description")!)[^1].Split(':', '：')[1].Trim(' ', '.', '。').Split([", ", "、"], StringSplitOptions.None);

    /// <summary>The addresses that the engine would open as a web page.</summary>
    internal string[] OnlineLinks => [.. command.Descendants(Maml + "navigationLink").Select(static l => l.Value)];

    internal (string Name, string[] Text)[] Inputs => Types("inputType");

    internal (string Name, string[] Text)[] Outputs => Types("returnValue");

    internal XElement[] Parameters => [.. command.Element(Command + "parameters")!.Elements()];

    internal (string Title, string Code, string[] Prose)[] Examples =>
    [
        .. command.Descendants(Command + "example").Select(static e => (
            e.Element(Maml + "title")!.Value,
            e.Element(Dev + "code")!.Value,
            (string[])[.. Paragraphs(e.Element(Maml + "introduction")!), .. Paragraphs(e.Element(Dev + "remarks")!)])),
    ];

    internal static IReadOnlyDictionary<string, MamlPage> ReadAll(string culture) =>
        XDocument.Load(HelpFolder.Source(culture, "IotCard.dll-Help.xml")).Root!.Elements(Command + "command")
            .ToDictionary(static c => c.Element(Command + "details")!.Element(Command + "name")!.Value, static c => new MamlPage(c));

    internal static string Name(XElement parameter) => parameter.Element(Maml + "name")!.Value;

    internal static string[] DescriptionOf(XElement parameter) => Paragraphs(parameter.Element(Maml + "description")!);

    internal static string Default(XElement parameter) => parameter.Element(Dev + "defaultValue")!.Value;

    private static string[] Paragraphs(XElement element) =>
        [.. element.Elements(Maml + "para").Select(static p => p.Value.ReplaceLineEndings("\n")).Where(static p => p.Length > 0)];

    private (string Name, string[] Text)[] Types(string name) =>
        [.. command.Descendants(Command + name).Select(static t => (t.Descendants(Maml + "name").First().Value, Paragraphs(t.Element(Maml + "description")!)))];
}
