using IotCard.Node;

namespace IotCard.Sandbox.Tests;

/// <summary>The official clients, run by scripts.</summary>
public sealed class OfficialClients : IAsyncLifetime
{
    private NodeScripts _scripts = null!;

    public async ValueTask InitializeAsync() => _scripts = await NodeScripts.InstallAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Runs a script and returns its output lines. Skips the test if the clients could not be installed.</summary>
    public async Task<string[]> RunAsync(string script, IReadOnlyDictionary<string, string?> variables)
    {
        var (exitCode, output, error) = await _scripts.RunAsync(script, environment =>
        {
            // The clients honor these even for loopback.
            environment.Remove("http_proxy");
            environment.Remove("HTTP_PROXY");
            foreach (var (name, value) in variables)
            {
                if (value is null)
                    environment.Remove(name);
                else
                    environment[name] = value;
            }
        });
        Assert.True(exitCode == 0, $"{script} ended with {exitCode}: {error}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
