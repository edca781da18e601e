using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Sending;

/// <summary>An unreachable service, on the test's own clock.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task An_in_doubt_row_is_resent_until_the_outage_timeout()
    {
        using var service = new ScriptedService(outageTimeoutSec: 120);
        for (var i = 0; i < 20; i++)
        {
            service.Loses();
        }

        var outcome = await service.Answers("OK", 200).SendAsync();

        Assert.Equal((OutcomeStatus.Succeeded, 21), (outcome.Status, outcome.Attempts));
        Assert.Equal(1, service.NoncesUsed);
        Assert.InRange(outcome.Elapsed, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task After_that_it_is_unknown_and_the_run_sends_nothing_more()
    {
        using var service = new ScriptedService(outageTimeoutSec: 30);
        for (var i = 0; i < 100; i++)
        {
            service.Loses();
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, "ConnectionLost", true), (outcome.Status, outcome.Reason, outcome.MayBeResent));
        Assert.InRange(outcome.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(37));
        Assert.Equal("ConnectionLost", service.Sender.Circuit.AbortReason);
    }

    [Fact]
    public async Task An_in_doubt_row_whose_resends_are_throttled_waits_no_longer_than_that()
    {
        using var service = new ScriptedService(outageTimeoutSec: 30).Loses();
        for (var i = 0; i < 100; i++)
        {
            service.Answers("Throttling.User", 429, ("x-acs-retry-after", "3000"));
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, "ConnectionLost", true), (outcome.Status, outcome.Reason, outcome.MayBeResent));
        Assert.InRange(outcome.Elapsed, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(37));
    }

    [Fact]
    public async Task A_row_that_gets_no_connection_is_retried_until_then_and_fails_as_never_executed()
    {
        using var service = new ScriptedService(maximumRetryCount: 0, outageTimeoutSec: 30);
        for (var i = 0; i < 100; i++)
        {
            service.DoesNotConnect();
        }

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, "ConnectionFailed"), (outcome.Status, outcome.Code));
        Assert.InRange(outcome.Attempts, 6, 15);
        Assert.InRange(outcome.Elapsed, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(37));
    }

    [Fact]
    public async Task A_run_begins_with_one_request_and_new_rows_wait_while_it_is_in_doubt()
    {
        using var service = new ScriptedService(outageTimeoutSec: 120, width: 8).Loses().Loses().Loses().Answers("OK", 200);
        for (var i = 0; i < 7; i++)
        {
            service.Answers("OK", 200);
        }

        var sending = Enumerable.Range(0, 8).Select(_ => service.Sender.SendAsync(ScriptedService.Row, record: null, CancellationToken.None)).ToArray();
        await service.PumpAsync(Task.WhenAll(sending));

        // The same request four times, and only then the others.
        Assert.Single(service.Sent.Take(4).Distinct());
        Assert.Equal(11, service.Sent.Count);
        Assert.Equal(8, service.NoncesUsed);
        Assert.All(sending, s => Assert.Equal(OutcomeStatus.Succeeded, s.Result.Status));
    }

    [Fact]
    public async Task Pauses_grow_and_have_a_limit()
    {
        using var service = new ScriptedService(outageTimeoutSec: 60);
        for (var i = 0; i < 100; i++)
        {
            service.Loses();
        }

        await service.SendAsync();

        var pauses = service.SentAt.Zip(service.SentAt.Skip(1), (a, b) => (b - a).TotalSeconds).ToArray();
        Assert.InRange(pauses[0], 0.5, 0.6);
        Assert.InRange(pauses[1], 1, 1.1);
        Assert.InRange(pauses[2], 2, 2.1);
        Assert.All(pauses.Skip(4), p => Assert.InRange(p, 5, 5.2));
    }

    /// <summary>A cause that concerns every row: whoever waits for its end waits as for the end of an outage, and no longer.</summary>
    [Theory]
    [InlineData(HttpRequestError.SecureConnectionError, AttemptCode.TlsFailed)]
    [InlineData(HttpRequestError.ProxyTunnelError, AttemptCode.ProxyFailed)]
    [InlineData(HttpRequestError.NameResolutionError, AttemptCode.NameNotResolved)]
    public async Task A_connection_that_cannot_come_about_ends_the_run_within_the_outage_timeout(HttpRequestError kind, string code)
    {
        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework tells of a failed connection in other exceptions.");
        using var service = new ScriptedService(maximumRetryCount: 2, outageTimeoutSec: 120);
        for (var i = 0; i < 40; i++)
        {
            service.DoesNotConnect(kind: kind);
        }

        var rows = Enumerable.Range(0, 20).Select(_ => service.Sender.SendAsync(ScriptedService.Row, record: null, CancellationToken.None)).ToArray();
        var begun = service.Clock.GetUtcNow();
        var outcomes = await service.PumpAsync(Task.WhenAll(rows));

        Assert.InRange(service.Clock.GetUtcNow() - begun, TimeSpan.FromSeconds(115), TimeSpan.FromSeconds(121));
        Assert.Equal(code, service.Sender.Circuit.AbortReason);
        Assert.All(outcomes, outcome => Assert.Equal(OutcomeStatus.Failed, outcome.Status));
        Assert.Equal(code, outcomes[0].Code);
        Assert.All(outcomes.Where(static o => o.Attempts == 0), outcome => Assert.Equal((OutcomeCode.NotSent, code), (outcome.Code, outcome.Reason)));
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("300001")]
    [InlineData("9223372036854775807")]
    public async Task A_hint_beyond_five_minutes_fails_the_row_at_once_and_says_so(string hint)
    {
        using var service = new ScriptedService(maximumRetryCount: 0).Answers("Throttling.User", 429, ("x-acs-retry-after", hint));

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, "Throttling.User", "WaitTooLong", 1), (outcome.Status, outcome.Code, outcome.Reason, outcome.Attempts));
        Assert.True(service.Sender.RateLimiter.Pause <= TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Wed, 25 Nov 2026 08:00:01 GMT")]
    public async Task A_gateways_clock_that_is_more_than_a_day_off_is_not_trusted(string date)
    {
        using var service = new ScriptedService().Answers("InvalidTimeStamp.Expired", 400, ("Date", date));

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Failed, "InvalidTimeStamp.Expired", "ClockTooFarOff"), (outcome.Status, outcome.Code, outcome.Reason));
        Assert.Equal(TimeSpan.Zero, service.Sender.Clock.Offset);
    }

    [Fact]
    public async Task A_request_id_that_comes_twice_is_not_trusted_the_second_time()
    {
        const string Body = """{"RequestId":"same","Code":"isv.IOT_RES_NOT_EXIST"}""";
        using var service = new ScriptedService().Answers(Body, 400).Answers(Body, 400).Answers("OK", 200);

        var first = await service.SendAsync();
        var second = await service.SendAsync();

        Assert.Equal(OutcomeStatus.Failed, first.Status);
        Assert.Equal((OutcomeStatus.Succeeded, 2), (second.Status, second.Attempts));
        Assert.Equal(2, service.NoncesUsed);
    }
}
