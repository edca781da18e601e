using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Resources;
using IotCard.Tests.Help;
using IotCard.Tests.Hosting;
using IotCard.Tests.Readme;

namespace IotCard.Tests;

/// <summary>What every command needs, so that a new one without it is noticed.</summary>
public sealed class CommandTests(ModuleCommands commands) : IClassFixture<ModuleCommands>
{
    private Assembly Module => commands["Set-IotCardBinding"].ImplementingType.Assembly;

    [Fact]
    public void No_command_lacks_what_CONTRIBUTING_lists()
    {
        var classes = Module.GetExportedTypes().Where(static t => !t.IsAbstract && t.IsDefined(typeof(CmdletAttribute), inherit: false)).ToDictionary(NameOf, StringComparer.Ordinal);

        var missing = classes.SelectMany(c => Missing(c.Key, c.Value)).ToList();

        Assert.NotEmpty(classes);
        Assert.True(missing.Count == 0, string.Join(Environment.NewLine, missing));
        Assert.Empty(commands.Names.Except(classes.Keys, StringComparer.Ordinal));
    }

    private static string NameOf(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        return $"{cmdlet.VerbName}-{cmdlet.NounName}";
    }

    private IEnumerable<string> Missing(string name, Type type)
    {
        if (!commands.Names.Contains(name, StringComparer.Ordinal))
            yield return $"{name} is not in CmdletsToExport in IotCard.psd1";
        foreach (var culture in HelpFolder.Cultures)
        {
            if (!File.Exists(HelpFolder.Source(culture, $"{name}.md")))
                yield return $"{name} has no help: docs/{culture}/{name}.md";
            else if (!MamlPage.ReadAll(culture).ContainsKey(name))
                yield return $"{name} is not in the shipped help docs/{culture}/IotCard.dll-Help.xml: run ./build.ps1 -Task Docs";
        }

        foreach (var text in PromptTexts(type).Where(text => new ResourceManager(text.HelpMessageBaseName, Module).GetString(text.HelpMessageResourceId, CultureInfo.InvariantCulture) is null))
            yield return $"{name} has a parameter whose text is not in src/IotCard/Texts: {text.HelpMessageResourceId}";
        if (!File.Exists(Path.Combine(MarkdownPage.Root, "tests", "Pester", $"{name}.Tests.ps1")))
            yield return $"{name} has no tests: tests/Pester/{name}.Tests.ps1";
    }

    private static IEnumerable<ParameterAttribute> PromptTexts(Type type) => type.GetProperties()
        .SelectMany(static p => p.GetCustomAttributes<ParameterAttribute>())
        .Where(static p => p.HelpMessageResourceId is not null);
}
