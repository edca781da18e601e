using IotCard.Client.Credentials;
using IotCard.Client.Credentials.Resolution;

namespace IotCard.Client.Tests.Credentials;

public sealed class ChainTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Sources_come_in_the_official_order()
    {
        await using var sts = await StsServer.StartAsync(_home.Clock);
        await using var metadata = await MetadataServer.StartAsync(_home.Clock);
        await using var uri = await LoopbackService.StartAsync(static _ => ServiceResponse.Ok(
            """{"AccessKeyId":"STS.fromuri000001","AccessKeySecret":"s","SecurityToken":"t","Expiration":"2026-03-01T13:00:00Z"}"""));
        _home.Sts = sts.Address;
        _home.Metadata = metadata.Address;
        sts.OidcToken = "oidc";
        _home.Variables.Remove("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAIenvironment01";
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "env-secret";
        _home.Variables["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/pod";
        _home.Variables["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "p";
        _home.Variables["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = _home.Write("token", "oidc");
        _home.Variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = uri.Address.AbsoluteUri;
        _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"s" """);
        var ini = _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");

        Assert.Equal("LTAIenvironment01", await IdAsync());
        _home.Variables.Remove("ALIBABA_CLOUD_ACCESS_KEY_ID");
        Assert.Equal("STS.issued1", await IdAsync());
        _home.Variables.Remove("ALIBABA_CLOUD_ROLE_ARN");
        Assert.Equal("LTAIcliprofile001", await IdAsync());
        _home.Variables["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] = "true";
        Assert.Equal("LTAIini0000000001", await IdAsync());
        File.Delete(ini);
        Assert.Equal("STS.instance1", await IdAsync());
        _home.Variables["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
        Assert.Equal("STS.fromuri000001", await IdAsync());
        _home.Variables.Remove("ALIBABA_CLOUD_CREDENTIALS_URI");
        Assert.Equal(CredentialErrorCode.CredentialNotFound, (await _home.FailureAsync()).Code);
    }

    [Fact]
    public async Task Without_any_credential_the_error_says_why_for_every_source()
    {
        var failure = await _home.FailureAsync();

        Assert.Equal(
            "No credential was found. environment: ALIBABA_CLOUD_ACCESS_KEY_ID is not set; "
            + "OIDC: ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE are not set; "
            + $"CLI profile: there is no {_home.Path(CredentialHome.CliConfig)}; "
            + $"ini profile: there is no {_home.Path(CredentialHome.Ini)}; "
            + "ECS instance role: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true; "
            + "credentials URI: ALIBABA_CLOUD_CREDENTIALS_URI is not set.",
            failure.Message);
    }

    [Fact]
    public async Task A_broken_source_is_skipped_with_a_warning_as_in_the_official_chain()
    {
        _home.Write(CredentialHome.CliConfig, "{ not json");
        _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");
        var resolver = _home.Resolver();

        var provider = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal("LTAIini0000000001", (await provider.NowAsync()).AccessKeyId);
        var warning = Assert.Single(resolver.Warnings);
        Assert.Equal(CredentialWarningCode.SourceFailed, warning.Code);
        Assert.Equal(_home.Path(CredentialHome.CliConfig), warning.Path);
        Assert.Contains("line 1", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_profile_never_falls_through_to_another_account()
    {
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAIenvironment01";
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "env-secret";
        var cli = _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001" """);
        var ini = _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n[night]\n");

        Assert.Equal(CredentialErrorCode.InvalidProfile, (await _home.FailureAsync("default")).Code);
        var failure = await _home.FailureAsync("prod");

        Assert.Equal(CredentialErrorCode.ProfileNotFound, failure.Code);
        Assert.Equal($"There is no profile 'prod': {cli} has default; {ini} has default, night.", failure.Message);
    }

    [Fact]
    public async Task A_named_profile_is_not_taken_from_the_other_file_if_the_first_one_is_malformed()
    {
        _home.Write(CredentialHome.CliConfig, "[]");
        _home.Write(CredentialHome.Ini, "[prod]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");

        Assert.Equal(CredentialErrorCode.MalformedFile, (await _home.FailureAsync("prod")).Code);
    }

    [Fact]
    public async Task A_named_file_that_does_not_exist_is_skipped_with_a_warning()
    {
        _home.Variables["ALIBABA_CLOUD_CONFIG_FILE"] = _home.Path("gone.json");
        _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");
        var resolver = _home.Resolver();

        await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        Assert.Contains("gone.json cannot be read: there is no such file", Assert.Single(resolver.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_the_environment_that_no_file_has_is_skipped_with_a_warning()
    {
        await using var metadata = await MetadataServer.StartAsync(_home.Clock);
        _home.Metadata = metadata.Address;
        _home.Variables.Remove("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        _home.Variables["ALIBABA_CLOUD_PROFILE"] = "prod";
        _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001","access_key_secret":"s" """);
        var resolver = _home.Resolver();

        var provider = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal("ECS instance role", provider.Source);
        Assert.Contains("There is no profile 'prod'", Assert.Single(resolver.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_current_profile_that_does_not_exist_is_skipped_with_a_warning()
    {
        _home.Write(CredentialHome.CliConfig, """{"current":"gone","profiles":[{"name":"p","mode":"AK"}]}""");
        _home.Write(CredentialHome.Ini, "[default]\ntype=access_key\naccess_key_id=LTAIini0000000001\naccess_key_secret=s\n");
        var resolver = _home.Resolver();

        await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        Assert.Contains("no profile 'gone'", Assert.Single(resolver.Warnings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_canceled_search_ends()
    {
        using var silent = new SilentHandler();
        using var stop = new CancellationTokenSource();
        _home.Transport = silent;
        _home.Variables.Remove("ALIBABA_CLOUD_ECS_METADATA_DISABLED");
        var resolving = _home.Resolver().ResolveAsync(null, stop.Token);
        await silent.WaitForAsync(1);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
    }

    private async Task<string> IdAsync() => (await _home.CredentialAsync()).AccessKeyId;
}
