using System.Management.Automation;
using System.Management.Automation.Language;

namespace IotCard.Tests.Hosting;

/// <summary>The commands of the built module, for tests that compare them with what a page says.</summary>
public sealed class ModuleCommands : IAsyncLifetime
{
    private ModuleSession _session = null!;
    private Dictionary<string, CmdletInfo> _commands = null!;

    internal IEnumerable<string> Names => _commands.Keys;

    internal CmdletInfo this[string name] => _commands[name];

    public async ValueTask InitializeAsync()
    {
        _session = await ModuleSession.OpenAsync();
        _commands = _session.Run("Get-Command -Module IotCard").Output.Select(static o => (CmdletInfo)o.BaseObject).ToDictionary(static c => c.Name, StringComparer.OrdinalIgnoreCase);
    }

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>Asserts that a script has no syntax error, and no parameter that the module's commands lack.</summary>
    internal void AssertAccept(string code)
    {
        var script = Parser.ParseInput(code, out _, out var errors);
        Assert.Empty(errors);
        foreach (var call in script.FindAll(static n => n is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>())
        {
            if (call.GetCommandName() is { } name && _commands.TryGetValue(name, out var command))
            {
                Assert.All(call.CommandElements.OfType<CommandParameterAst>(), p => Assert.Contains(p.ParameterName, command.Parameters.Keys));
            }
        }
    }
}
