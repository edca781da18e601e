using System.Text.RegularExpressions;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Help;

/// <summary>The help's folders: its sources in the repository, and what the built module ships.</summary>
internal static class HelpFolder
{
    internal static readonly string[] Cultures = ["en-US", "zh-CN"];

    /// <summary>The commands that the manifest exports.</summary>
    internal static string[] Commands { get; } =
        [.. Regex.Matches(Regex.Match(File.ReadAllText(ModuleSession.ModulePath), @"CmdletsToExport\s*=\s*@\([^)]*").Value, "'([^']+)'").Select(static m => m.Groups[1].Value)];

    internal static readonly string[] Topics = ["about_IotCard", "about_IotCard_Outcomes", "about_IotCard_Settling"];

    internal static string Docs { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ModuleSession.ModulePath)!, "../../../docs"));

    /// <summary>Every command in every culture, as theory data.</summary>
    internal static TheoryData<string, string> Pages()
    {
        var pages = new TheoryData<string, string>();
        foreach (var culture in Cultures)
        {
            foreach (var command in Commands)
            {
                pages.Add(culture, command);
            }
        }

        return pages;
    }

    internal static string Source(string culture, string file) => Path.Combine(Docs, culture, file);

    /// <summary>The Chinese help is shipped for every Chinese culture.</summary>
    internal static string Shipped(string culture, string file) =>
        Path.Combine(Path.GetDirectoryName(ModuleSession.ModulePath)!, culture == "zh-CN" ? "zh" : culture, file);
}
