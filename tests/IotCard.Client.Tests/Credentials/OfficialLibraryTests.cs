using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

/// <summary>The official library reads the same files and variables, and returns the same key.</summary>
[Trait("Category", "Node")]
public sealed class OfficialLibraryTests(OfficialLibrary official) : IClassFixture<OfficialLibrary>, IDisposable
{
    private const string Ini = "[default]\ntype = access_key\naccess_key_id = LTAIini0000000001\naccess_key_secret = ini-secret\n";

    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Environment()
    {
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "STS.environment01";
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "env-secret";
        _home.Variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = "env-token";
        _home.Write(CredentialHome.BareIni, Ini);

        await AssertSameCredentialAsync("STS.environment01", "env-secret", "env-token");
    }

    [Fact]
    public async Task CLI_profile_AK()
    {
        _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"cli-secret" """);
        _home.Write(CredentialHome.BareIni, Ini);

        await AssertSameCredentialAsync("LTAIcliprofile001", "cli-secret", null);
    }

    [Fact]
    public async Task CLI_profile_StsToken()
    {
        _home.WriteCliProfile(""" "mode":"StsToken","access_key_id":"STS.cliprofile001","access_key_secret":"cli-secret","sts_token":"cli-token" """);

        await AssertSameCredentialAsync("STS.cliprofile001", "cli-secret", "cli-token");
    }

    [Fact]
    public async Task CLI_profile_External()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The command of this test is for a Unix shell.");
        var script = _home.Write("give key.sh", """echo '{"mode":"StsToken","access_key_id":"STS.external00001","access_key_secret":"x-secret","sts_token":"x-token"}'""");
        _home.WriteCliProfile($""" "mode":"External","process_command":"sh '{script}'" """);

        await AssertSameCredentialAsync("STS.external00001", "x-secret", "x-token");
    }

    [Fact]
    public async Task CLI_profile_of_the_environment_s_name()
    {
        _home.Write(
            CredentialHome.CliConfig,
            """
            {"current":"one","profiles":[
              {"name":"one","mode":"AK","access_key_id":"LTAIone000000001","access_key_secret":"s1"},
              {"name":"two","mode":"AK","access_key_id":"LTAItwo000000002","access_key_secret":"s2"}]}
            """);
        _home.Variables["ALIBABA_CLOUD_PROFILE"] = "two";

        await AssertSameCredentialAsync("LTAItwo000000002", "s2", null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("; a comment\n# another\n\n")]
    [InlineData("[other]\ntype = ecs_ram_role\nrole_name = r\n")]
    public async Task Ini_access_key(string before)
    {
        _home.Write(CredentialHome.BareIni, before + Ini);

        await AssertSameCredentialAsync("LTAIini0000000001", "ini-secret", null);
    }

    [Fact]
    public async Task Ini_values_in_quotes_and_with_a_comment()
    {
        _home.Write(CredentialHome.BareIni, "[default]\ntype=access_key\naccess_key_id = \"LTAIini0000000001\"\naccess_key_secret = ini-secret ; rotated\n");

        await AssertSameCredentialAsync("LTAIini0000000001", "ini-secret", null);
    }

    [Fact]
    public async Task Named_ini_file()
    {
        _home.Variables["ALIBABA_CLOUD_CREDENTIALS_FILE"] = _home.Write("other", Ini);

        await AssertSameCredentialAsync("LTAIini0000000001", "ini-secret", null);
    }

    [Theory]
    [InlineData("""{"current":"default","profiles":[{"name":"default","mode":"ak","access_key_id":"LTAI","access_key_secret":"s"}]}""")]
    [InlineData("""{"current":"default","profiles":[{"name":"default","mode":"AK","access_key_id":"LTAI"}]}""")]
    [InlineData("""{"current":"default","profiles":[{"name":"default","mode":"StsToken","access_key_id":"STS.1","access_key_secret":"s"}]}""")]
    [InlineData("""{"current":"gone","profiles":[{"name":"default","mode":"AK","access_key_id":"LTAI","access_key_secret":"s"}]}""")]
    [InlineData("""{"current":"default","profiles":[{"name":"default","mode":"CloudSSO"}]}""")]
    [InlineData("""{"profiles":[]}""")]
    [InlineData("{ not json")]
    public async Task What_the_official_chain_skips_is_skipped(string config)
    {
        _home.Write(CredentialHome.CliConfig, config);
        _home.Write(CredentialHome.BareIni, Ini);

        await AssertSameCredentialAsync("LTAIini0000000001", "ini-secret", null);
    }

    [Fact]
    public async Task Without_any_credential_nothing_is_found()
    {
        Assert.Null(await official.ReadAsync(_home.Path(""), _home.Variables));
        Assert.Equal(CredentialErrorCode.CredentialNotFound, (await _home.FailureAsync()).Code);
    }

    private async Task AssertSameCredentialAsync(string id, string secret, string? token)
    {
        await CredentialAssert.IsAsync(await _home.CredentialAsync(), id, secret, token);
        var theirs = await official.ReadAsync(_home.Path(""), _home.Variables);
        Assert.NotNull(theirs);
        Assert.Equal([id, secret, token], theirs);
    }
}
