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

    [Theory]
    [InlineData("ALIBABACLOUD_", "environment (ALIBABACLOUD_ACCESS_KEY_ID)")]
    [InlineData("ALICLOUD_", "environment (ALICLOUD_ACCESS_KEY_ID)")]
    public async Task A_key_is_read_in_every_spelling_of_the_command_line_and_its_source_names_it(string prefix, string source)
    {
        _home.Variables[prefix + "ACCESS_KEY_ID"] = "STS.environment01";
        _home.Variables[prefix + "ACCESS_KEY_SECRET"] = "env-secret";
        _home.Variables[prefix + "SECURITY_TOKEN"] = "env-token";

        var provider = await _home.ResolveAsync();

        await CredentialAssert.IsAsync(await provider.NowAsync(), "STS.environment01", "env-secret", "env-token");
        Assert.Equal(source, provider.Source);
    }

    [Fact]
    public async Task Parts_of_two_keys_are_never_mixed()
    {
        Set("LTAIenvironment01", "env-secret");
        _home.Variables["ALICLOUD_ACCESS_KEY_ID"] = "STS.other0000001";
        _home.Variables["ALICLOUD_ACCESS_KEY_SECRET"] = "other-secret";
        _home.Variables["ALICLOUD_SECURITY_TOKEN"] = "other-token";

        await CredentialAssert.IsAsync(await _home.CredentialAsync(), "LTAIenvironment01", "env-secret");

        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = null;
        Assert.Contains("ALIBABA_CLOUD_ACCESS_KEY_ID is set, but ALIBABA_CLOUD_ACCESS_KEY_SECRET is not", (await _home.FailureAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"LTAIenvironment01\"", "env-secret", null, "an AccessKey ID")]
    [InlineData("'LTAIenvironment01", "env-secret", null, "an AccessKey ID")]
    [InlineData("LTAIenvironment01", "env-secret\"", null, "an AccessKey secret")]
    [InlineData("STS.environment01", "env-secret", "'env-token'", "a security token")]
    public async Task Quotation_marks_that_were_kept_in_a_variable_are_named(string id, string secret, string? token, string part)
    {
        Set(id, secret, token);

        var failure = await _home.FailureAsync();

        Assert.Contains($"The environment (ALIBABA_CLOUD_ACCESS_KEY_ID): {part} with a quotation mark", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("env-", failure.Message, StringComparison.Ordinal);
    }

    private void Set(string id, string secret, string? token = null)
    {
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_ID"] = id;
        _home.Variables["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = secret;
        _home.Variables["ALIBABA_CLOUD_SECURITY_TOKEN"] = token;
    }
}
