using System.Management.Automation;

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
}
