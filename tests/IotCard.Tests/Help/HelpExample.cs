using System.Management.Automation.Language;

namespace IotCard.Tests.Help;

/// <summary>One worked example of a page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Code">The input.</param>
/// <param name="Output">The output; null if the page does not show any.</param>
/// <param name="Prose">The text around it, and the output, in order.</param>
internal sealed record HelpExample(string Title, string Code, string? Output, string[] Prose)
{
    /// <summary>The commands that it calls, each with its named parameters, in order.</summary>
    internal string[] Commands()
    {
        var script = Parser.ParseInput(Code, out _, out var errors);
        Assert.Empty(errors);
        return
        [
            .. script.FindAll(static node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>().Select(static command =>
                $"{command.GetCommandName()} {string.Join(' ', command.CommandElements.OfType<CommandParameterAst>().Select(static p => "-" + p.ParameterName))}".Trim()),
        ];
    }
}
