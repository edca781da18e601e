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
    public async Task Without_any_credential_the_error_is_one_sentence() =>
        Assert.Equal("No credential was found: none of its sources is set up on this machine.", (await _home.FailureAsync()).Message);

    [Fact]
    public async Task If_no_source_works_the_error_says_what_is_wrong_with_those_that_are_set_up()
    {
        var path = _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIcliprofile001" """);
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAIenvironment01";

        Assert.Equal(
            "No credential was found. environment: ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not; "
            + $"CLI profile: Profile 'default' in {path}: an AccessKey secret is missing.",
            (await _home.FailureAsync()).Message);
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

    [Theory]
    [InlineData("ALIBABACLOUD_PROFILE")]
    [InlineData("ALIBABA_CLOUD_PROFILE")]
    [InlineData("ALICLOUD_PROFILE")]
    public async Task The_profile_of_the_environment_is_read_in_every_spelling_of_the_command_line(string variable)
    {
        WriteTwoProfiles();
        _home.Variables[variable] = "two";
        var resolver = _home.Resolver();

        var provider = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal("LTAItwo000000002", (await provider.NowAsync()).AccessKeyId);
        Assert.Empty(resolver.Warnings);
    }

    [Fact]
    public async Task If_two_spellings_name_different_profiles_the_command_line_s_choice_counts_and_a_warning_says_so()
    {
        WriteTwoProfiles();
        _home.Variables["ALIBABACLOUD_PROFILE"] = "two";
        _home.Variables["ALIBABA_CLOUD_PROFILE"] = "one";
        var resolver = _home.Resolver();

        var provider = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal("LTAItwo000000002", (await provider.NowAsync()).AccessKeyId);
        var warning = Assert.Single(resolver.Warnings);
        Assert.Equal(CredentialWarningCode.VariablesDiffer, warning.Code);
        Assert.StartsWith("ALIBABACLOUD_PROFILE and ALIBABA_CLOUD_PROFILE have different values", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ALIBABA_CLOUD_IGNORE_PROFILE", "TRUE")]
    [InlineData("ALIBABACLOUD_IGNORE_PROFILE", "TRUE")]
    [InlineData("ALIBABA_CLOUD_IGNORE_PROFILE", "true")]
    [InlineData("ALIBABA_CLOUD_IGNORE_PROFILE", "1")]
    public async Task Profiles_that_an_administrator_switched_off_are_not_read_even_if_they_are_named(string variable, string value)
    {
        WriteTwoProfiles();
        _home.Variables[variable] = value;

        Assert.Equal(CredentialErrorCode.CredentialNotFound, (await _home.FailureAsync()).Code);
        var failure = await _home.FailureAsync("two");
        Assert.Equal(CredentialErrorCode.ProfileNotFound, failure.Code);
        Assert.Contains(variable + " is true", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_home.Resolver().ProfileNames());
    }

    [Theory]
    [InlineData("FALSE")]
    [InlineData("0")]
    [InlineData(" ")]
    public async Task Profiles_that_are_not_switched_off_are_read(string value)
    {
        WriteTwoProfiles();
        _home.Variables["ALIBABA_CLOUD_IGNORE_PROFILE"] = value;

        Assert.Equal("LTAIone000000001", await IdAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("two")]
    public async Task What_is_neither_true_nor_false_does_not_mean_that_profiles_are_read(string? profile)
    {
        WriteTwoProfiles();
        _home.Variables["ALIBABA_CLOUD_IGNORE_PROFILE"] = "yes";

        var failure = await _home.FailureAsync(profile);

        Assert.Equal(CredentialErrorCode.InvalidPolicy, failure.Code);
        Assert.Equal("ALIBABA_CLOUD_IGNORE_PROFILE is neither true nor false.", failure.Message);
    }

    private void WriteTwoProfiles() => _home.Write(
        CredentialHome.CliConfig,
        """
        {"current":"one","profiles":[
          {"name":"one","mode":"AK","access_key_id":"LTAIone000000001","access_key_secret":"s1"},
          {"name":"two","mode":"AK","access_key_id":"LTAItwo000000002","access_key_secret":"s2"}]}
        """);

    private async Task<string> IdAsync() => (await _home.CredentialAsync()).AccessKeyId;
}
