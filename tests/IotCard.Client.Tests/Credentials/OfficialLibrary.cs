using System.Text.Json;
using IotCard.Node;

namespace IotCard.Client.Tests.Credentials;

/// <summary>The official <c>@alicloud/credentials</c>, run by a script.</summary>
public sealed class OfficialLibrary : IAsyncLifetime
{
    private NodeScripts _scripts = null!;

    public async ValueTask InitializeAsync() => _scripts = await NodeScripts.InstallAsync();

    public ValueTask DisposeAsync() => default;

    /// <summary>Runs its default chain with the test's own home folder and variables; null if it returns nothing.</summary>
    internal async Task<string?[]?> ReadAsync(string home, IReadOnlyDictionary<string, string?> variables)
    {
        var (exitCode, output, _) = await _scripts.RunAsync("read.js", environment =>
        {
            foreach (var name in environment.Keys.Where(static k => k.StartsWith("ALIBABA_CLOUD_", StringComparison.Ordinal)).ToArray())
            {
                environment.Remove(name);
            }

            environment["HOME"] = environment["USERPROFILE"] = home;
            foreach (var variable in variables)
            {
                environment[variable.Key] = variable.Value;
            }
        });
        return exitCode == 0 ? JsonSerializer.Deserialize<string?[]>(output) : null;
    }
}
