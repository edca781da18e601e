namespace IotCard.Tests.Hosting;

/// <summary>An empty home folder without any of the credential variables, until it is disposed.</summary>
internal sealed class ProcessEnvironment : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory();

    internal ProcessEnvironment()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            if (name.StartsWith("ALIBABA", StringComparison.Ordinal) || name.StartsWith("ALICLOUD_", StringComparison.Ordinal) || name.StartsWith("IOTCARD_ENDPOINT", StringComparison.Ordinal))
            {
                Set(name, null);
            }
        }

        Set("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true");
        Set("ALIBABA_CLOUD_CONFIG_FILE", Config);
        Set("ALIBABA_CLOUD_CREDENTIALS_FILE", Path.Combine(_home.FullName, "credentials"));
    }

    private string Config => Path.Combine(_home.FullName, "config.json");

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _home.Delete(recursive: true);
    }

    internal void Set(string name, string? value)
    {
        _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
        Environment.SetEnvironmentVariable(name, value);
    }

    /// <summary>Writes a safety policy beside the config.json.</summary>
    internal void WritePolicy(string json) => File.WriteAllText(Path.Combine(_home.FullName, "safety-policy.json"), json);

    internal void WriteConfig(string json)
    {
        File.WriteAllText(Config, json);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Config, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
