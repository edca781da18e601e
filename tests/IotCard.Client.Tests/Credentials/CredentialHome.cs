using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;
using IotCard.Client.Signing;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Credentials;

/// <summary>A test's own home folder, environment and clock, and what is resolved with them.</summary>
internal sealed class CredentialHome : IDisposable
{
    internal const string CliConfig = ".aliyun/config.json";
    internal const string Ini = ".alibabacloud/credentials.ini";
    internal const string BareIni = ".alibabacloud/credentials";

    private readonly string _folder = Directory.CreateTempSubdirectory("iotcard-").FullName;

    /// <summary>2026-03-01 12:00 UTC.</summary>
    internal FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The metadata service is off unless a test turns it on: no test may use the network.</summary>
    internal Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true",
        ["PATH"] = Environment.GetEnvironmentVariable("PATH"),
    };

    internal Uri Sts { get; set; } = new("http://127.0.0.1:1");

    internal bool OfficialSts { get; set; }

    internal Uri Metadata { get; set; } = new("http://127.0.0.1:1");

    internal Uri OAuth { get; set; } = new("http://127.0.0.1:1");

    internal HttpMessageHandler? Transport { get; set; }

    internal TimeProvider? OtherClock { get; set; }

    internal string Path(string name) => System.IO.Path.GetFullPath(name, _folder);

    internal string Write(string name, string text)
    {
        var path = Path(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <summary>Writes a config.json with one profile, which is the current one.</summary>
    internal string WriteCliProfile(string profile) =>
        Write(CliConfig, $$"""{"current":"default","profiles":[{"name":"default",{{profile}}}]}""");

    internal CredentialResolver Resolver() => new(Context());

    internal CredentialContext Context() => new()
    {
        Clock = OtherClock ?? Clock,
        Environment = name => Variables.GetValueOrDefault(name),
        HomeDirectory = _folder,
        MetadataAddress = Metadata,
        StsAddress = OfficialSts ? null : Sts,
        OAuthAddress = OAuth,
        Transport = Transport,
        MetadataTransport = Transport,
    };

    internal Task<ICredentialProvider> ResolveAsync(string? profile = null) =>
        Resolver().ResolveAsync(profile, TestContext.Current.CancellationToken);

    internal async Task<Credential> CredentialAsync(string? profile = null) =>
        await (await ResolveAsync(profile)).GetCredentialAsync(TestContext.Current.CancellationToken);

    internal Task<CredentialException> FailureAsync(string? profile = null) =>
        Assert.ThrowsAsync<CredentialException>(() => ResolveAsync(profile));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
