using IotCard.Client.Credentials.Resolution;

namespace IotCard.Client.Tests.Credentials;

public sealed class EnvironmentTests : IDisposable
{
    private readonly CredentialHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task A_key_in_the_environment_is_used()
    {
        Set("LTAIenvironment01", "env-secret");

        var provider = await _home.ResolveAsync();

        await CredentialAssert.IsAsync(await provider.NowAsync(), "LTAIenvironment01", "env-secret");
        Assert.Equal("environment", provider.Source);
        Assert.Null(await provider.RenewedAsync(await provider.NowAsync()));
    }

    [Fact]
    public async Task A_token_in_the_environment_makes_it_temporary()
    {
        Set("STS.environment01", "env-secret", "env-token");

        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "STS.environment01", "env-secret", "env-token");
    }

    [Fact]
    public async Task A_change_of_the_environment_takes_effect_at_the_next_resolve()
    {
        var resolver = _home.Resolver();
        Set("LTAIfirst00000000", "secret-one");
        var first = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);
        Set("LTAIsecond0000000", "secret-two");
        var second = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        await CredentialAssert.IsAsync(await first.NowAsync(), "LTAIfirst00000000", "secret-one");
        await CredentialAssert.IsAsync(await second.NowAsync(), "LTAIsecond0000000", "secret-two");
    }

    [Fact]
    public async Task Blanks_around_a_value_are_dropped_and_an_empty_value_counts_as_unset()
    {
        Set(" LTAIenvironment01\n", "env-secret \r\n", "  ");

        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "LTAIenvironment01", "env-secret");
    }

    [Fact]
    public async Task A_line_break_within_a_value_is_refused_without_showing_it()
    {
        Set("LTAIenvironment01", "env-\nsecret");

        var finding = (await _home.Resolver().ExamineAsync(null, all: false, TestContext.Current.CancellationToken))[0];

        Assert.Equal(CredentialFindingState.Failed, finding.State);
        Assert.DoesNotContain("env-", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_ID_without_a_secret_is_skipped_with_a_warning()
    {
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAIenvironment01";
        _home.WriteCliProfile(""" "mode":"AK","access_key_id":"LTAIfromfile0001","access_key_secret":"file-secret" """);
        var resolver = _home.Resolver();

        var provider = await resolver.ResolveAsync(null, TestContext.Current.CancellationToken);

        await CredentialAssert.IsAsync(await provider.NowAsync(), "LTAIfromfile0001", "file-secret");
        var warning = Assert.Single(resolver.Warnings);
        Assert.Equal(CredentialWarningCode.SourceFailed, warning.Code);
        Assert.Contains("ALIBABA_CLOUD_ACCESS_KEY_SECRET", warning.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_permanent_credential_costs_no_allocation()
    {
        Set("LTAIenvironment01", "env-secret");
        var provider = await _home.ResolveAsync();
        var token = TestContext.Current.CancellationToken;
        await provider.GetCredentialAsync(token);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            await provider.GetCredentialAsync(token);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Set(string id, string secret, string? token = null)
    {
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = id;
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = secret;
        _home.Variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = token;
    }
}
