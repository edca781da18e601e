using IotCard.Client.Credentials.Resolution;

namespace IotCard.Client.Tests.Credentials;

public sealed class OidcTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public OidcTests()
    {
        _home.Variables["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/pod";
        _home.Variables["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "acs:ram::1:oidc-provider/cluster";
        _home.Variables["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = _home.Write("token", "one+two/three==");
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_role_is_assumed_with_the_token_unsigned()
    {
        await using var sts = await StsAsync("one+two/three==");
        _home.Variables["ALIBABA_CLOUD_ROLE_SESSION_NAME"] = "pod session";

        var provider = await _home.ResolveAsync();

        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 1);
        Assert.Equal("OIDC", provider.Source);
        Assert.Equal("pod session", sts.Requests[0].Form["RoleSessionName"]);
        Assert.Equal("3600", sts.Requests[0].Form["DurationSeconds"]);
    }

    [Fact]
    public async Task The_token_file_is_read_again_at_each_renewal()
    {
        await using var sts = await StsAsync("one+two/three==");
        var provider = await _home.ResolveAsync();
        _home.Write("token", "the next one");
        sts.OidcToken = "the next one";

        _home.Clock.Advance(TimeSpan.FromMinutes(46));

        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);
    }

    [Fact]
    public async Task A_token_that_STS_refuses_is_not_shown()
    {
        await using var sts = await StsAsync("another");
        sts.Override = static r => ServiceResponse.Error(400, "AuthenticationFail.OIDCToken.Invalid", "Not valid: " + r.Form["OIDCToken"]);

        var finding = await FindingAsync();

        Assert.Equal(CredentialFindingState.Failed, finding.State);
        Assert.Contains("AuthenticationFail.OIDCToken.Invalid: Not valid: ***", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_all_three_variables_it_is_skipped()
    {
        _home.Variables.Remove("ALIBABA_CLOUD_OIDC_TOKEN_FILE");
        _home.Variables["ALIBABA_CLOUD_ROLE_ARN"] = " ";

        var finding = await FindingAsync();

        Assert.Equal(CredentialFindingState.Skipped, finding.State);
        Assert.Equal("ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE are not set", finding.Reason);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData(null, "there is no such file")]
    public async Task A_token_file_that_cannot_be_used_says_why(string? text, string reason)
    {
        _home.Variables["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = text is null ? _home.Path("gone") : _home.Write("token", text);

        Assert.Contains(reason, (await FindingAsync()).Reason, StringComparison.Ordinal);
    }

    private async Task<StsServer> StsAsync(string token)
    {
        var sts = await StsServer.StartAsync(_home.Clock);
        sts.OidcToken = token;
        _home.Sts = sts.Address;
        return sts;
    }

    private async Task<CredentialFinding> FindingAsync() =>
        (await _home.Resolver().ExamineAsync(null, all: true, TestContext.Current.CancellationToken))
            .Single(f => f.Source == CredentialSource.Oidc);
}
