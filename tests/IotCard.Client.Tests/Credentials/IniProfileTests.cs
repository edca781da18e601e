using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class IniProfileTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(CredentialHome.Ini)]
    [InlineData(CredentialHome.BareIni)]
    public async Task Access_key_provides_its_key(string file)
    {
        _home.Write(file, "[default]\ntype = access_key\naccess_key_id = LTAIini0000000001\naccess_key_secret = ini-secret\n");

        var provider = await _home.ResolveAsync();

        await CredentialAssert.IsAsync(await provider.NowAsync(), "LTAIini0000000001", "ini-secret");
        Assert.Equal("ini profile 'default' (access_key)", provider.Source);
    }

    [Fact]
    public async Task The_file_with_the_extension_comes_first()
    {
        _home.Write(CredentialHome.BareIni, "[default]\ntype=access_key\naccess_key_id=LTAIbare000000001\naccess_key_secret=s\n");
        _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");

        Assert.Equal("LTAIini0000000001", (await _home.CredentialAsync()).AccessKeyId);
    }

    [Fact]
    public async Task Ram_role_arn_assumes_the_role()
    {
        await using var sts = await StsServer.StartAsync(_home.Clock);
        sts.Knows("LTAIini0000000001", "ini-secret");
        _home.Sts = sts.Address;
        _home.Write(
            CredentialHome.Ini,
            """
            [default]
            type = ram_role_arn
            access_key_id = LTAIini0000000001
            access_key_secret = ini-secret
            role_arn = acs:ram::1:role/r
            role_session_name = shift
            policy = {"Version":"1"}
            """);

        await CredentialAssert.IsIssuedAsync(await _home.CredentialAsync(), 1);

        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RoleArn"] = "acs:ram::1:role/r",
                ["RoleSessionName"] = "shift",
                ["DurationSeconds"] = "3600",
                ["Policy"] = """{"Version":"1"}""",
            },
            sts.Requests[0].Query);
    }

    [Fact]
    public async Task Oidc_role_arn_assumes_the_role_with_the_token_file()
    {
        await using var sts = await StsServer.StartAsync(_home.Clock);
        sts.OidcToken = "oidc-token";
        _home.Sts = sts.Address;
        var token = _home.Write("token", "oidc-token");
        _home.Write(
            CredentialHome.Ini,
            $"[default]\ntype = oidc_role_arn\nrole_arn = acs:ram::1:role/r\noidc_provider_arn = acs:ram::1:oidc-provider/p\noidc_token_file_path = {token}\n");

        await CredentialAssert.IsIssuedAsync(await _home.CredentialAsync(), 1);
        Assert.StartsWith("IotCard-", sts.Requests[0].Form["RoleSessionName"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ecs_ram_role_requests_the_role_it_names()
    {
        await using var metadata = await MetadataServer.StartAsync(_home.Clock);
        _home.Variables.Remove("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        _home.Metadata = metadata.Address;
        _home.Write(CredentialHome.Ini, "[default]\ntype = ecs_ram_role\nrole_name = fleet-role\n");

        var provider = await _home.ResolveAsync();

        await CredentialAssert.IsAsync(await provider.NowAsync(), "STS.instance1", "instance-secret-1", "instance-token-1");
        Assert.Equal("ini profile 'default' (ecs_ram_role)", provider.Source);
    }

    [Fact]
    public async Task The_section_is_chosen_by_the_environment_or_by_name()
    {
        _home.Write(
            CredentialHome.Ini,
            "[default]\ntype=access_key\naccess_key_id=LTAIdefault000001\naccess_key_secret=s\n[night]\ntype=access_key\naccess_key_id=LTAInight0000001\naccess_key_secret=s\n");

        Assert.Equal("LTAIdefault000001", (await _home.CredentialAsync()).AccessKeyId);
        Assert.Equal("LTAInight0000001", (await _home.CredentialAsync("night")).AccessKeyId);
        _home.Variables["ALIBABA_CLOUD_PROFILE"] = "night";
        Assert.Equal("LTAInight0000001", (await _home.CredentialAsync()).AccessKeyId);
    }

    [Fact]
    public async Task Another_file_can_be_named()
    {
        _home.Variables["ALIBABA_CLOUD_CREDENTIALS_FILE"] =
            _home.Write("other.ini", "[default]\ntype=access_key\naccess_key_id=LTAIother0000001\naccess_key_secret=s\n");

        Assert.Equal("LTAIother0000001", (await _home.CredentialAsync()).AccessKeyId);
    }

    [Theory]
    [InlineData("access_key_id = LTAI", "type is missing")]
    [InlineData("type = access_key\naccess_key_id = LTAI", "an AccessKey secret is missing")]
    [InlineData("type = bearer", "type 'bearer' is none of")]
    [InlineData("type = rsa_key_pair", "needs a private key")]
    [InlineData("type = ram_role_arn\naccess_key_id = LTAI\naccess_key_secret = s\nrole_arn = r", "role_session_name is missing")]
    [InlineData("type = ram_role_arn\naccess_key_id = LTAI\naccess_key_secret = s\nrole_session_name = n", "the role's ARN is missing")]
    [InlineData("type = oidc_role_arn\nrole_arn = r\noidc_provider_arn = p", "oidc_token_file_path is missing")]
    [InlineData("type = access_key\naccess_key_id = LTAI\naccess_key_secret = s\nenable = false", "is switched off")]
    public async Task A_section_that_cannot_work_says_why(string section, string reason)
    {
        _home.Write(CredentialHome.Ini, "[p]\n" + section + "\n");

        var failure = await _home.FailureAsync("p");

        Assert.Equal(CredentialErrorCode.InvalidProfile, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Section [p] in ", failure.Message, StringComparison.Ordinal);
    }
}
