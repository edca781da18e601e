using System.Globalization;
using IotCard.Client.Credentials;

namespace IotCard.Client.Tests.Credentials;

public sealed class RenewalTests : IAsyncLifetime
{
    private readonly CredentialHome _home = new();
    private StsServer _sts = null!;

    public async ValueTask InitializeAsync()
    {
        _sts = await StsServer.StartAsync(_home.Clock);
        _sts.Knows("LTAIcliprofile001", "cli-secret");
        _home.Sts = _sts.Address;
        _home.WriteCliProfile(
            """ "mode":"RamRoleArn","access_key_id":"LTAIcliprofile001","access_key_secret":"cli-secret","ram_role_arn":"acs:ram::1:role/r" """);
    }

    public async ValueTask DisposeAsync()
    {
        await _sts.DisposeAsync();
        _home.Dispose();
    }

    [Theory]
    [InlineData(900, 675)]
    [InlineData(600, 420)]
    [InlineData(3600, 2700)]
    [InlineData(43200, 42300)]
    [InlineData(120, 60)]
    public async Task It_is_renewed_a_quarter_ahead_between_three_and_fifteen_minutes(int lifetime, int renewedAfter)
    {
        _sts.Lifetime = TimeSpan.FromSeconds(lifetime);
        var provider = await _home.ResolveAsync();

        _home.Clock.Advance(TimeSpan.FromSeconds(renewedAfter - 1));
        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 1);
        _home.Clock.Advance(TimeSpan.FromSeconds(1));
        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);
        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);
    }

    [Theory]
    [InlineData(2800)]
    [InlineData(3600)]
    [InlineData(9999)]
    public async Task Twenty_concurrent_requests_cause_one_renewal(int after)
    {
        var (provider, gate) = await HoldRenewalAsync(TimeSpan.FromSeconds(after));

        var waiting = Enumerable.Range(0, 20).Select(_ => provider.NowAsync()).ToArray();
        gate.SetResult();

        await Assert.AllAsync(await Task.WhenAll(waiting), async c => await CredentialAssert.IsIssuedAsync(c, 2));
        Assert.Equal(2, _sts.Requests.Count);
    }

    [Fact]
    public async Task Twenty_callers_with_the_same_expired_credential_cause_one_renewal()
    {
        var provider = await _home.ResolveAsync();
        var expired = await provider.NowAsync();

        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => provider.RenewedAsync(expired))));

        await Assert.AllAsync(renewed, async c => await CredentialAssert.IsIssuedAsync(c!, 2));
        Assert.Equal(2, _sts.Requests.Count);
        await CredentialAssert.IsIssuedAsync((await provider.RenewedAsync(expired))!, 2);
        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);
        Assert.Equal(2, _sts.Requests.Count);
    }

    [Fact]
    public async Task After_a_failed_renewal_the_old_one_stays_in_use_while_valid_and_renewal_is_not_retried_at_every_call()
    {
        var provider = await _home.ResolveAsync();
        _sts.Override = static _ => ServiceResponse.Error(503, "ServiceUnavailable", "down");
        _home.Clock.Advance(TimeSpan.FromMinutes(50));

        for (var i = 0; i < 5; i++)
        {
            await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 1);
        }

        Assert.Equal(2, _sts.Requests.Count);
        _sts.Override = static _ => null;
        _home.Clock.Advance(TimeSpan.FromMinutes(1));
        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);
    }

    [Theory]
    [InlineData(1, "ServiceUnavailable")]
    [InlineData(4, "Throttling.User")]
    public async Task If_the_old_one_is_no_longer_valid_transient_failures_are_retried(int failures, string code)
    {
        _home.OtherClock = new EagerClock(_home.Clock);
        var provider = await _home.ResolveAsync();
        _sts.Override = _ => _sts.Requests.Count <= 1 + failures ? ServiceResponse.Error(503, code, "down") : null;
        _home.Clock.Advance(TimeSpan.FromHours(2));

        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);

        Assert.Equal(2 + failures, _sts.Requests.Count);
    }

    [Fact]
    public async Task A_credential_that_the_service_refuses_is_renewed_with_retries_even_if_it_may_be_valid()
    {
        _home.OtherClock = new EagerClock(_home.Clock);
        var provider = await _home.ResolveAsync();
        var refused = await provider.NowAsync();
        _sts.Override = _ => _sts.Requests.Count <= 3 ? ServiceResponse.Error(500, "InternalError", "down") : null;

        await CredentialAssert.IsIssuedAsync((await provider.RenewedAsync(refused))!, 2);

        Assert.Equal(4, _sts.Requests.Count);
    }

    [Fact]
    public async Task A_failure_while_the_old_one_was_valid_does_not_end_the_run_once_it_has_expired()
    {
        _home.OtherClock = new EagerClock(_home.Clock);
        var provider = await _home.ResolveAsync();
        _sts.Override = _ => _sts.Requests.Count <= 2 ? ServiceResponse.Error(503, "ServiceUnavailable", "down") : null;
        _home.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(5));
        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 1);

        _home.Clock.Advance(TimeSpan.FromSeconds(5));

        await CredentialAssert.IsIssuedAsync(await provider.NowAsync(), 2);
    }

    [Fact]
    public async Task After_four_retries_it_fails_and_is_not_retried_at_every_call()
    {
        _home.OtherClock = new EagerClock(_home.Clock);
        var provider = await _home.ResolveAsync();
        _sts.Override = static _ => ServiceResponse.Error(503, "ServiceUnavailable", "down");
        _home.Clock.Advance(TimeSpan.FromHours(2));

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("ServiceUnavailable", (await Assert.ThrowsAsync<CredentialException>(provider.NowAsync)).Code);
        }

        Assert.Equal(6, _sts.Requests.Count);
    }

    [Fact]
    public async Task The_keys_are_cleared_with_the_provider()
    {
        var provider = await _home.ResolveAsync();
        var credential = await provider.NowAsync();
        credential.HmacSha256.Authenticate("x"u8, new byte[32]);

        ((IDisposable)provider).Dispose();

        Assert.Throws<ObjectDisposedException>(() => credential.HmacSha256.Authenticate("x"u8, new byte[32]));
        Assert.Throws<ObjectDisposedException>(() => credential.HmacSha1.Authenticate("x"u8, new byte[20]));
    }

    [Fact]
    public async Task A_forced_renewal_that_fails_is_reported_to_all_callers_and_requested_once()
    {
        var provider = await _home.ResolveAsync();
        var expired = await provider.NowAsync();
        _sts.Override = static _ => ServiceResponse.Error(403, "NoPermission", "no");

        for (var i = 0; i < 5; i++)
        {
            var failure = await Assert.ThrowsAsync<CredentialException>(() => provider.RenewedAsync(expired));
            Assert.Equal("NoPermission", failure.Code);
        }

        Assert.Equal(2, _sts.Requests.Count);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_cancel_the_renewal_for_the_others()
    {
        var (provider, gate) = await HoldRenewalAsync(TimeSpan.FromHours(2));
        using var stop = new CancellationTokenSource();

        var impatient = provider.GetCredentialAsync(stop.Token).AsTask();
        var patient = provider.NowAsync();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        await CredentialAssert.IsIssuedAsync(await patient, 2);
        Assert.Equal(2, _sts.Requests.Count);
    }

    [Fact]
    public async Task When_all_give_up_the_next_caller_starts_a_new_one()
    {
        var (provider, gate) = await HoldRenewalAsync(TimeSpan.FromHours(2));
        using var stop = new CancellationTokenSource();
        var impatient = provider.GetCredentialAsync(stop.Token).AsTask();

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        Assert.True((await provider.NowAsync()).Expiration > _home.Clock.GetUtcNow());
    }

    [Fact]
    public async Task A_credential_that_has_expired_on_arrival_is_refused()
    {
        _sts.Lifetime = TimeSpan.FromSeconds(-1);

        Assert.Equal(CredentialErrorCode.CredentialExpired, (await _home.FailureAsync("default")).Code);
    }

    [Fact]
    public async Task A_service_that_does_not_respond_is_given_up_after_its_timeout()
    {
        using var silent = new SilentHandler();
        _home.Transport = silent;
        var failing = _home.FailureAsync("default");
        await silent.WaitForAsync(1);

        _home.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(CredentialErrorCode.ServiceUnreachable, (await failing).Code);
    }

    [Theory]
    [InlineData("th-TH")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public async Task Times_are_read_and_written_in_the_invariant_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.Equal(_home.Clock.GetUtcNow().AddHours(1), (await _home.CredentialAsync("default")).Expiration);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>Resolves a provider, advances the clock, and delays STS until the gate is opened.</summary>
    private async Task<(ICredentialProvider Provider, TaskCompletionSource Gate)> HoldRenewalAsync(TimeSpan after)
    {
        var provider = await _home.ResolveAsync();
        _home.Clock.Advance(after);
        var gate = new TaskCompletionSource();
        _sts.Gate = gate.Task;
        return (provider, gate);
    }
}
