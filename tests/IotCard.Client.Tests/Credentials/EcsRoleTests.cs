using IotCard.Client.Credentials.Resolution;

namespace IotCard.Client.Tests.Credentials;

public sealed class EcsRoleTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public EcsRoleTests() => _home.Variables.Remove("ALIBABA_CLOUD_ECS_METADATA_DISABLED");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_role_s_credential_is_requested_with_a_token()
    {
        await using var metadata = await MetadataAsync();

        var provider = await _home.ResolveAsync();
        var credential = await provider.NowAsync();

        await CredentialAssert.IsAsync(credential, "STS.instance1", "instance-secret-1", "instance-token-1");
        Assert.Equal(_home.Clock.GetUtcNow().AddHours(6), credential.Expiration);
        Assert.Equal("ECS instance role", provider.Source);
        Assert.Equal(
            ["PUT /latest/api/token", "GET /latest/meta-data/ram/security-credentials/", "GET /latest/meta-data/ram/security-credentials/fleet-role"],
            metadata.Requests.Select(r => $"{r.Method} {r.Path}"));
    }

    [Fact]
    public async Task A_named_role_is_not_requested()
    {
        await using var metadata = await MetadataAsync();
        _home.Variables["ALIBABA_CLOUD_ECS_METADATA"] = "fleet-role";

        await _home.CredentialAsync();

        Assert.Equal(2, metadata.Requests.Count);
    }

    [Fact]
    public async Task The_CLI_s_EcsRamRole_requests_its_role()
    {
        await using var metadata = await MetadataAsync();
        _home.WriteCliProfile(""" "mode":"EcsRamRole","ram_role_name":"fleet-role" """);

        Assert.Equal("STS.instance1", (await _home.CredentialAsync("default")).AccessKeyId);
        Assert.Equal(2, metadata.Requests.Count);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task If_there_are_no_tokens_it_continues_without_one(int status)
    {
        await using var metadata = await MetadataAsync();
        metadata.Token = new ServiceResponse(status, "");
        metadata.Hardened = false;

        Assert.Equal("STS.instance1", (await _home.CredentialAsync()).AccessKeyId);
        Assert.All(metadata.Requests, r => Assert.False(r.Headers.ContainsKey("X-aliyun-ecs-metadata-token")));
    }

    [Fact]
    public async Task If_the_token_s_response_is_lost_it_continues_without_one()
    {
        await using var metadata = await MetadataAsync();
        metadata.Hardened = false;
        metadata.TokenIsLost = true;
        var resolving = _home.ResolveAsync();
        await metadata.WaitForAsync(1);

        _home.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal("STS.instance1", (await (await resolving).NowAsync()).AccessKeyId);
    }

    [Fact]
    public async Task It_does_not_continue_without_a_token_if_that_is_forbidden()
    {
        await using var metadata = await MetadataAsync();
        metadata.Token = new ServiceResponse(404, "");
        metadata.Hardened = false;
        _home.Variables["ALIBABA_CLOUD_IMDSV1_DISABLED"] = "true";

        var finding = await FindingAsync();

        Assert.Equal(CredentialFindingState.Failed, finding.State);
        Assert.Contains("ALIBABA_CLOUD_IMDSV1_DISABLED", finding.Reason, StringComparison.Ordinal);
        Assert.Single(metadata.Requests);
    }

    [Fact]
    public async Task An_instance_without_a_role_says_so()
    {
        await using var metadata = await MetadataAsync();
        metadata.Role = new ServiceResponse(404, "");

        Assert.Contains("the instance has no role", (await FindingAsync()).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"AccessKeyId":"STS.1","AccessKeySecret":"KEEPOUT"}""")]
    [InlineData("../../KEEPOUT")]
    [InlineData("KEEPOUT..x")]
    [InlineData("KEEPOUT/x")]
    [InlineData("KEEPOUT and more")]
    [InlineData("KEEPOUTKEEPOUTKEEPOUTKEEPOUTKEEPOUTKEEPOUTKEEPOUTKEEPOUTKEEPOUTKE")]
    public async Task What_RAM_would_not_allow_as_a_role_s_name_is_neither_asked_for_nor_shown(string name)
    {
        await using var metadata = await MetadataAsync();
        metadata.Role = ServiceResponse.Ok(name + "\n");

        var finding = await FindingAsync();

        Assert.Equal(CredentialFindingState.Failed, finding.State);
        Assert.Contains("not a name that RAM allows", finding.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("KEEPOUT", finding.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(metadata.Requests, static r => r.Path.Contains("KEEPOUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_of_a_mebibyte_is_refused_in_a_short_message()
    {
        await using var metadata = await MetadataAsync();
        metadata.Role = ServiceResponse.Ok(new string('r', 1024 * 1024));

        Assert.InRange((await FindingAsync()).Reason.Length, 1, 200);
    }

    [Fact]
    public async Task A_role_s_name_that_is_set_is_checked_too()
    {
        await using var metadata = await MetadataAsync();
        _home.Variables["ALIBABA_CLOUD_ECS_METADATA"] = "../../../user-data";

        Assert.Contains("the role's name is not one that RAM allows", (await FindingAsync()).Reason, StringComparison.Ordinal);
        Assert.Empty(metadata.Requests);
    }

    [Fact]
    public async Task A_response_without_Success_is_refused()
    {
        await using var metadata = await MetadataAsync();
        metadata.Code = "Failed";

        Assert.Contains("does not say Success", (await FindingAsync()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var metadata = await MetadataAsync();
        _home.Variables["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "TRUE";

        var finding = await FindingAsync();

        Assert.Equal(CredentialFindingState.Skipped, finding.State);
        Assert.Empty(metadata.Requests);
    }

    [Fact]
    public async Task A_run_of_many_hours_outlives_several_credentials()
    {
        await using var metadata = await MetadataAsync();
        var provider = await _home.ResolveAsync();

        for (var n = 1; n <= 4; n++)
        {
            Assert.Equal($"STS.instance{n}", (await provider.NowAsync()).AccessKeyId);
            _home.Clock.Advance(TimeSpan.FromHours(5.8));
        }
    }

    [Fact]
    public async Task Off_ECS_the_chain_gives_up_after_one_second_of_its_clock()
    {
        using var silent = new SilentHandler();
        _home.Transport = silent;
        var resolving = _home.FailureAsync();

        await silent.WaitForAsync(1);
        _home.Clock.Advance(TimeSpan.FromSeconds(0.5));
        await silent.WaitForAsync(2);
        Assert.False(resolving.IsCompleted);
        _home.Clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Contains("none of its sources is set up", (await resolving).Message, StringComparison.Ordinal);
        Assert.Equal(2, silent.Asked);
    }

    private async Task<MetadataServer> MetadataAsync()
    {
        var metadata = await MetadataServer.StartAsync(_home.Clock);
        _home.Metadata = metadata.Address;
        return metadata;
    }

    private async Task<CredentialFinding> FindingAsync() =>
        (await _home.Resolver().ExamineAsync(null, all: true, TestContext.Current.CancellationToken))
            .Single(f => f.Source == CredentialSource.EcsInstanceRole);
}
