using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class CliProfileTests : IDisposable
{
    private const string Key = """ "access_key_id":"LTAIcliprofile001","access_key_secret":"cli-secret" """;

    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task AK_provides_its_key()
    {
        _home.WriteCliProfile($$""" "mode":"AK",{{Key}},"sts_token":"left over" """);

        var provider = await _home.ResolveAsync();

        await CredentialAssert.IsAsync(await provider.NowAsync(), "LTAIcliprofile001", "cli-secret");
        Assert.Equal("CLI profile 'default' (AK)", provider.Source);
    }

    [Fact]
    public async Task StsToken_provides_its_token_and_its_replacement_when_the_service_calls_it_expired()
    {
        _home.WriteCliProfile($$""" "mode":"StsToken",{{Key}},"sts_token":"token-one" """);
        var provider = await _home.ResolveAsync();
        var first = await provider.NowAsync();

        await CredentialAssert.IsAsync(first, "LTAIcliprofile001", "cli-secret", "token-one");
        Assert.Null(await provider.RenewedAsync(first));

        _home.WriteCliProfile($$""" "mode":"StsToken",{{Key}},"sts_token":"token-two" """);
        await CredentialAssert.IsAsync((await provider.RenewedAsync(first))!, "LTAIcliprofile001", "cli-secret", "token-two");
    }

    [Fact]
    public async Task RamRoleArn_assumes_the_role_with_the_key()
    {
        await using var sts = await StsAsync();
        _home.WriteCliProfile(
            $$"""
             "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r","ram_session_name":"night shift",
             "expired_seconds":1800,"external_id":"ext/1","policy":"{\"Version\": \"1\", \"Statement\": [\"*\"]}"
            """);

        var credential = await _home.CredentialAsync();

        await CredentialAssert.IsIssuedAsync(credential, 1);
        Assert.Equal(_home.Clock.GetUtcNow().AddSeconds(1800), credential.Expiration);
        var asked = Assert.Single(sts.Requests);
        Assert.Equal("AssumeRole", asked.Headers["x-acs-action"]);
        Assert.Equal(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["RoleArn"] = "acs:ram::1:role/r",
                ["RoleSessionName"] = "night shift",
                ["DurationSeconds"] = "1800",
                ["ExternalId"] = "ext/1",
                ["Policy"] = """{"Version": "1", "Statement": ["*"]}""",
            },
            asked.Query);
    }

    [Fact]
    public async Task RamRoleArn_defaults_to_an_hour_and_the_session_name_of_the_environment()
    {
        await using var sts = await StsAsync();
        _home.Variables["ALIBABA_CLOUD_ROLE_SESSION_NAME"] = "from-environment";
        _home.WriteCliProfile($$""" "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r","expired_seconds":0 """);

        await _home.CredentialAsync();

        Assert.Equal("3600", sts.Requests[0].Query["DurationSeconds"]);
        Assert.Equal("from-environment", sts.Requests[0].Query["RoleSessionName"]);
    }

    [Fact]
    public async Task RamRoleArn_sends_the_token_that_goes_with_its_key()
    {
        await using var sts = await StsAsync();
        sts.Knows("STS.cliprofile001", "cli-secret", "cli-token");
        _home.WriteCliProfile(
            """ "mode":"RamRoleArn","access_key_id":"STS.cliprofile001","access_key_secret":"cli-secret","sts_token":"cli-token","ram_role_arn":"acs:ram::1:role/r" """);

        await CredentialAssert.IsIssuedAsync(await _home.CredentialAsync(), 1);
    }

    [Theory]
    [InlineData(899)]
    [InlineData(43201)]
    [InlineData(-1)]
    public async Task A_session_out_of_bounds_is_refused_before_anything_is_sent(int seconds)
    {
        _home.WriteCliProfile($$""" "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r","expired_seconds":{{seconds}} """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.InvalidProfile, failure.Code);
        Assert.Contains("900 to 43200", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChainableRamRoleArn_assumes_one_role_after_the_other()
    {
        await using var sts = await StsAsync();
        _home.Write(
            CredentialHome.CliConfig,
            $$"""
            {"current":"last","profiles":[
              {"name":"last","mode":"ChainableRamRoleArn","source_profile":"middle","ram_role_arn":"acs:ram::2:role/last"},
              {"name":"middle","mode":"ChainableRamRoleArn","source_profile":"first","ram_role_arn":"acs:ram::1:role/middle"},
              {"name":"first","mode":"AK",{{Key}}}]}
            """);

        await CredentialAssert.IsIssuedAsync(await _home.CredentialAsync(), 2);

        Assert.Equal(["acs:ram::1:role/middle", "acs:ram::2:role/last"], sts.Requests.Select(r => r.Query["RoleArn"]));
        Assert.False(sts.Requests[0].Headers.ContainsKey("x-acs-security-token"));
        Assert.Equal("issued-token-1", sts.Requests[1].Headers["x-acs-security-token"]);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("b", "a")]
    public async Task ChainableRamRoleArn_in_a_cycle_is_refused(string sourceOfA, string sourceOfB)
    {
        _home.Write(
            CredentialHome.CliConfig,
            $$"""
            {"profiles":[
              {"name":"a","mode":"ChainableRamRoleArn","source_profile":"{{sourceOfA}}","ram_role_arn":"r"},
              {"name":"b","mode":"ChainableRamRoleArn","source_profile":"{{sourceOfB}}","ram_role_arn":"r"}]}
            """);

        var failure = await _home.FailureAsync("a");

        Assert.Equal(CredentialErrorCode.ProfileCycle, failure.Code);
        Assert.Contains("a > ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_s_token_that_STS_calls_expired_is_renewed_once()
    {
        await using var sts = await StsAsync();
        _home.Write(
            CredentialHome.CliConfig,
            $$"""
            {"current":"last","profiles":[
              {"name":"last","mode":"ChainableRamRoleArn","source_profile":"first","ram_role_arn":"acs:ram::2:role/last"},
              {"name":"first","mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/first"}]}
            """);
        var refused = 0;
        sts.Override = r => r.Headers.GetValueOrDefault("x-acs-security-token") == "issued-token-1" && refused++ == 0
            ? ServiceResponse.Error(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.")
            : null;

        await CredentialAssert.IsIssuedAsync(await _home.CredentialAsync(), 3);
    }

    [Fact]
    public async Task OIDC_assumes_the_role_with_the_token_file()
    {
        await using var sts = await StsAsync();
        sts.OidcToken = "oidc-token";
        var file = _home.Write("token", "oidc-token\n");
        _home.WriteCliProfile(
            $$""" "mode":"OIDC","ram_role_arn":"acs:ram::1:role/r","oidc_provider_arn":"acs:ram::1:oidc-provider/p","oidc_token_file":"{{Escape(file)}}","ram_session_name":"pod" """);

        await CredentialAssert.IsIssuedAsync(await _home.CredentialAsync(), 1);

        Assert.Equal("pod", sts.Requests[0].Form["RoleSessionName"]);
        Assert.Equal("acs:ram::1:oidc-provider/p", sts.Requests[0].Form["OIDCProviderArn"]);
    }

    [Fact]
    public async Task Modes_are_case_sensitive_and_the_error_shows_the_right_spelling()
    {
        _home.WriteCliProfile($$""" "mode":"ak",{{Key}} """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.InvalidProfile, failure.Code);
        Assert.EndsWith("mode 'ak' must be written AK.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"mode":"RsaKeyPair"}""", "needs a private key and is not supported. Use an AccessKey or a role")]
    [InlineData("""{"private_key":"k","key_pair_name":"n"}""", "mode 'RsaKeyPair' needs a private key")]
    [InlineData("""{"mode":"BearerToken","bearer_token":"b"}""", "mode 'BearerToken' has no key to sign requests with")]
    [InlineData("""{"bearer_token":"b"}""", "mode 'BearerToken' has no key to sign requests with")]
    [InlineData("""{"mode":"Anonymous"}""", "mode 'Anonymous' has no key to sign requests with")]
    [InlineData("""{"mode":"RamRoleArnWithRoleName"}""", "Use a ChainableRamRoleArn profile whose source_profile names an EcsRamRole profile")]
    [InlineData("""{"mode":"Unheard"}""", "mode 'Unheard' is not supported")]
    [InlineData("""{"mode":"CredentialsURI"}""", "credentials_uri is missing")]
    [InlineData("""{"mode":"CredentialsURI","credentials_uri":"http://example.com/"}""", "the address must be https")]
    [InlineData("""{"mode":"EcsRamRole","ram_role_name":"../../evil"}""", "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")]
    [InlineData("""{"mode":null}""", "has no mode")]
    [InlineData("""{"mode":"AK","access_key_id":"LTAI"}""", "an AccessKey secret is missing")]
    [InlineData("""{"mode":"StsToken","access_key_id":"STS.1","access_key_secret":"s"}""", "a security token is missing")]
    [InlineData("""{"mode":"RamRoleArn","access_key_id":"LTAI","access_key_secret":"s"}""", "the role's ARN is missing")]
    [InlineData("""{"mode":"RamRoleArn","access_key_id":"LTAI","access_key_secret":"s","ram_role_arn":"r","sts_region":"evil.com/"}""", "not the name of an STS region")]
    [InlineData("""{"mode":"ChainableRamRoleArn","source_profile":"gone","ram_role_arn":"r"}""", "no profile 'gone'")]
    [InlineData("""{"mode":"ChainableRamRoleArn","ram_role_arn":"r"}""", "source_profile is missing")]
    [InlineData("""{"mode":"OIDC","ram_role_arn":"r","oidc_token_file":"f"}""", "oidc_provider_arn is missing")]
    [InlineData("""{"mode":"EcsRamRole"}""", "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")]
    [InlineData("""{"mode":"External","process_command":"\"unclosed"}""", "a quote in it is not closed")]
    public async Task A_profile_that_cannot_work_says_why(string profile, string reason)
    {
        _home.OfficialSts = true;
        var path = _home.Write(CredentialHome.CliConfig, $$"""{"profiles":[{"name":"p",{{profile[1..]}}]}""");

        var failure = await _home.FailureAsync("p");

        Assert.Equal(CredentialErrorCode.InvalidProfile, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Profile 'p' in {path}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_of_the_environment_precedes_the_current_one()
    {
        _home.Write(
            CredentialHome.CliConfig,
            """
            {"current":"one","profiles":[
              {"name":"one","mode":"AK","access_key_id":"LTAIone000000001","access_key_secret":"s1"},
              {"name":"two","mode":"AK","access_key_id":"LTAItwo000000002","access_key_secret":"s2"},
              {"name":"two","mode":"AK","access_key_id":"LTAIagain0000003","access_key_secret":"s3"}]}
            """);

        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "LTAIone000000001", "s1");
        _home.Variables["ALIBABA_CLOUD_PROFILE"] = "two";
        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "LTAItwo000000002", "s2");
        await CredentialAssert.IsAsync(await _home.CredentialAsync("one"), "LTAIone000000001", "s1");
    }

    [Fact]
    public async Task Another_file_can_be_named_and_the_file_can_be_switched_off()
    {
        _home.WriteCliProfile($$""" "mode":"AK",{{Key}} """);
        _home.Variables["ALIBABA_CLOUD_CONFIG_FILE"] =
            _home.Write("other.json", """{"current":"x","profiles":[{"name":"x","mode":"AK","access_key_id":"LTAIother0000001","access_key_secret":"s"}]}""");
        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "LTAIother0000001", "s");

        _home.Variables["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] = "True";
        Assert.Equal(CredentialErrorCode.CredentialNotFound, (await _home.FailureAsync()).Code);
        Assert.Equal(CredentialErrorCode.ProfileNotFound, (await _home.FailureAsync("x")).Code);
    }

    [Theory]
    [InlineData("{\n  \"profiles\": [\n    {\"access_key_secret\": nSECRET}]}", "line 3")]
    [InlineData("{\"profiles\":\n[{\"expired_seconds\":\"tenSECRET\"}]}", "line 2")]
    [InlineData("{\"profiles\":[{\"name\":7}]}", "$.profiles[0].name has the wrong type")]
    [InlineData("SECRET", "line 1")]
    [InlineData("", "line 1")]
    [InlineData("null", "an object is expected")]
    public async Task A_malformed_file_is_named_with_its_line_but_without_its_text(string text, string expected)
    {
        var path = _home.Write(CredentialHome.CliConfig, text);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.MalformedFile, failure.Code);
        Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, "sts.aliyuncs.com")]
    [InlineData("cn-beijing", null, null, "sts.cn-beijing.aliyuncs.com")]
    [InlineData(null, "ap-southeast-1", null, "sts.ap-southeast-1.aliyuncs.com")]
    [InlineData("cn-beijing", "ap-southeast-1", null, "sts.cn-beijing.aliyuncs.com")]
    [InlineData("cn-beijing", null, "true", "sts-vpc.cn-beijing.aliyuncs.com")]
    [InlineData(null, null, "true", "sts.aliyuncs.com")]
    public async Task STS_is_asked_in_the_region_that_was_chosen(string? profileRegion, string? environmentRegion, string? vpc, string host)
    {
        using var transport = new RecordingHandler();
        _home.Transport = transport;
        _home.OfficialSts = true;
        _home.Variables["ALIBABA_CLOUD_STS_REGION"] = environmentRegion;
        _home.Variables["ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED"] = vpc;
        var region = profileRegion is null ? "" : $$""","sts_region":"{{profileRegion}}" """;
        _home.WriteCliProfile($$""" "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r"{{region}} """);

        await _home.FailureAsync("default");

        Assert.Equal("https://" + host, Assert.Single(transport.Addresses).GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task What_STS_refuses_keeps_its_code_and_message()
    {
        await using var sts = await StsAsync();
        sts.Override = static _ => ServiceResponse.Error(403, "NoPermission", "You are not authorized to do this action.");
        _home.WriteCliProfile($$""" "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r" """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal("NoPermission", failure.Code);
        Assert.EndsWith(
            "STS returned NoPermission: You are not authorized to do this action. (request REQ-1)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_error_of_a_refused_signature_does_not_repeat_what_was_signed()
    {
        await using var sts = await StsAsync();
        sts.Knows("STS.wrong0000001", "right-secret", "cli-token");
        _home.WriteCliProfile(
            """ "mode":"RamRoleArn","access_key_id":"STS.wrong0000001","access_key_secret":"wrong-secret","sts_token":"cli-token","ram_role_arn":"acs:ram::1:role/r" """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal("SignatureDoesNotMatch", failure.Code);
        Assert.Contains("The specified signature is invalid.", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("cli-token", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("role/r", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"Credentials":{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT"}}""")]
    [InlineData("""{"Credentials":{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT","SecurityToken":"t","Expiration":"01/02/2027"}}""")]
    public async Task A_response_that_is_not_a_credential_is_refused(string body)
    {
        await using var sts = await StsAsync();
        sts.Override = _ => ServiceResponse.Ok(body);
        _home.WriteCliProfile($$""" "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r" """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.InvalidResponse, failure.Code);
        Assert.DoesNotContain("KEEPOUT", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreachable_service_is_named()
    {
        _home.WriteCliProfile($$""" "mode":"RamRoleArn",{{Key}},"ram_role_arn":"acs:ram::1:role/r" """);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.ServiceUnreachable, failure.Code);
        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Key, "AK")]
    [InlineData(Key + ""","mode":"","sts_token":"t" """, "StsToken")]
    [InlineData(Key + ""","sts_token":"t","ram_role_arn":"acs:ram::1:role/r" """, "StsToken")]
    [InlineData(Key + ""","ram_role_arn":"acs:ram::1:role/r" """, "RamRoleArn")]
    [InlineData(""" "oidc_provider_arn":"p","oidc_token_file":"TOKEN","ram_role_arn":"r" """, "OIDC")]
    public async Task A_missing_mode_is_inferred_as_the_command_line_does(string profile, string mode)
    {
        await using var sts = await StsAsync();
        sts.OidcToken = "oidc-token";
        _home.WriteCliProfile(profile.Replace("TOKEN", Escape(_home.Write("token", "oidc-token")), StringComparison.Ordinal));

        Assert.Equal($"CLI profile 'default' ({mode})", (await _home.ResolveAsync()).Source);
    }

    [Fact]
    public async Task A_file_without_a_current_profile_means_the_one_named_default()
    {
        _home.Write(CredentialHome.CliConfig, $$"""{"profiles":[{"name":"other","mode":"AK"},{"name":"default","mode":"AK",{{Key}}}]}""");
        Assert.Equal("CLI profile 'default' (AK)", (await _home.ResolveAsync()).Source);

        _home.Write(CredentialHome.CliConfig, """{"profiles":[{"name":"other","mode":"AK"}]}""");
        Assert.Equal(CredentialErrorCode.CredentialNotFound, (await _home.FailureAsync()).Code);
    }

    [Fact]
    public async Task CredentialsURI_asks_the_address_of_the_profile_or_that_of_the_environment()
    {
        await using var service = await LoopbackService.StartAsync(static _ => ServiceResponse.Ok(
            """{"Code":"Success","AccessKeyId":"STS.fromuri000001","AccessKeySecret":"uri-secret","SecurityToken":"uri-token","Expiration":"2026-03-01T13:00:00Z"}"""));
        _home.WriteCliProfile($$""" "mode":"CredentialsURI","credentials_uri":"{{service.Address}}profile" """);

        var provider = await _home.ResolveAsync("default");

        await CredentialAssert.IsAsync(await provider.NowAsync(), "STS.fromuri000001", "uri-secret", "uri-token");
        Assert.Equal("CLI profile 'default' (CredentialsURI)", provider.Source);
        _home.WriteCliProfile(""" "mode":"CredentialsURI" """);
        _home.Variables["ALIBABA_CLOUD_CREDENTIALS_URI"] = service.Address + "environment";
        await _home.ResolveAsync("default");
        Assert.Equal(["/profile", "/environment"], service.Requests.Select(static r => r.Path));
    }

    [Theory]
    [InlineData("1", """ "mode":"External","process_command":"no-such-program" """, "switches mode External off")]
    [InlineData("TRUE", """ "process_command":"no-such-program" """, "switches mode External off")]
    [InlineData("true", """ "mode":"CredentialsURI","credentials_uri":"https://iotcard.invalid" """, "switches mode CredentialsURI off")]
    public async Task What_takes_a_credential_from_another_program_can_be_switched_off(string value, string profile, string reason)
    {
        _home.Variables["ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS"] = value;
        _home.WriteCliProfile(profile);

        var failure = await _home.FailureAsync("default");

        Assert.Equal(CredentialErrorCode.SwitchedOff, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on", CredentialErrorCode.InvalidPolicy)]
    [InlineData("false", CredentialErrorCode.ExternalCommandFailed)]
    public async Task A_switch_that_is_neither_true_nor_false_does_not_count_as_off(string value, string code)
    {
        _home.Variables["ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS"] = value;
        _home.WriteCliProfile(""" "mode":"External","process_command":"no-such-program" """);

        Assert.Equal(code, (await _home.FailureAsync("default")).Code);
    }

    [Theory]
    [InlineData(11, null)]
    [InlineData(12, CredentialErrorCode.InvalidProfile)]
    [InlineData(5000, CredentialErrorCode.InvalidProfile)]
    public async Task A_chain_of_source_profiles_has_a_limit(int profiles, string? code)
    {
        await using var sts = await StsAsync();
        var chain = Enumerable.Range(1, profiles - 1).Select(static n => $$"""{"name":"p{{n}}","mode":"ChainableRamRoleArn","source_profile":"p{{n + 1}}","ram_role_arn":"acs:ram::1:role/r"}""");
        _home.Write(CredentialHome.CliConfig, $$"""{"current":"p1","profiles":[{{string.Join(',', chain)}},{"name":"p{{profiles}}","mode":"AK",{{Key}}}]}""");

        if (code is null)
        {
            await _home.ResolveAsync("p1");
            return;
        }

        var failure = await _home.FailureAsync("p1");

        Assert.Equal(code, failure.Code);
        Assert.EndsWith("its chain of source profiles has more than 10 links.", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Profile 'p1' in ", failure.Message, StringComparison.Ordinal);
    }

    private async Task<StsServer> StsAsync()
    {
        var sts = await StsServer.StartAsync(_home.Clock);
        sts.Knows("LTAIcliprofile001", "cli-secret");
        _home.Sts = sts.Address;
        return sts;
    }

    private static string Escape(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal);
}
