using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Sending;

/// <summary>When an in-doubt row stops waiting, and what others may do meanwhile.</summary>
public sealed class InDoubtLimitsTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_used_nonce_replaces_the_reason()
    {
        using var service = new ScriptedService().Loses().Answers("SignatureNonceUsed");

        Assert.Equal("SignatureNonceUsed", (await service.SendAsync()).Reason);
    }

    [Fact]
    public async Task A_request_in_doubt_that_is_too_old_does_not_wait_for_a_turn()
    {
        using var service = new ScriptedService();
        service.Does(() =>
        {
            service.Clock.Advance(DoubtRules.SafeAge - TimeSpan.FromMilliseconds(100));
            service.Sender.RateLimiter.Throttle(TimeSpan.FromMinutes(5));
            throw new HttpRequestException(HttpRequestError.ResponseEnded);
        });

        var outcome = await service.SendAsync();

        Assert.Equal((OutcomeStatus.Unknown, 1, false), (outcome.Status, outcome.Attempts, outcome.MayBeResent));
        Assert.InRange(outcome.Elapsed, DoubtRules.SafeAge, DoubtRules.SafeAge + TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_throttled_request_in_doubt_waits_no_longer_than_the_outage_timeout_exactly()
    {
        using var service = new ScriptedService(outageTimeoutSec: 30).Loses()
            .Answers("Throttling.User", 429, ("x-acs-retry-after", "29500")).Answers("Throttling.User", 429).Answers("OK", 200);

        var outcome = await service.SendAsync();

        Assert.Equal(TimeSpan.FromSeconds(30), service.SentAt[^1] - service.SentAt[0]);
        Assert.Equal((OutcomeStatus.Unknown, 3, true), (outcome.Status, outcome.Attempts, outcome.MayBeResent));
    }

    [Fact]
    public async Task A_stop_holds_back_also_the_one_that_has_just_got_its_turn()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService(outageTimeoutSec: 120)
            .Answers("OK", 200).Loses().Loses().Loses().Answers("OK", 200).Does(stop.Cancel);
        await service.SendAsync();
        var rows = Enumerable.Range(0, 3).Select(_ => service.Sender.SendAsync(ScriptedService.Row, record: null, stop.Token)).ToArray();

        var outcomes = await service.PumpAsync(Task.WhenAll(rows));

        Assert.Equal(2, outcomes.Count(static o => o.Status == OutcomeStatus.Succeeded));
        Assert.Single(outcomes, static o => o is { Status: OutcomeStatus.Unknown, MayBeResent: true, Attempts: 1 });
        Assert.Equal(6, service.Sent.Count);
    }

    [Fact]
    public async Task A_row_that_stops_waiting_for_its_turn_gives_nobody_elses_away()
    {
        using var stop = new CancellationTokenSource();
        using var service = new ScriptedService(outageTimeoutSec: 120).Loses().Answers("OK", 200).Answers("OK", 200);
        service.Sender.RateLimiter.Throttle(TimeSpan.FromSeconds(10));
        var first = service.Sender.SendAsync(ScriptedService.Row, record: null, Never);
        var stopped = service.Sender.SendAsync(ScriptedService.Row, record: null, stop.Token);
        var last = service.Sender.SendAsync(ScriptedService.Row, record: null, Never);

        await stop.CancelAsync();
        var outcomes = await service.PumpAsync(Task.WhenAll(first, stopped, last));

        Assert.Equal([OutcomeStatus.Succeeded, OutcomeStatus.Failed, OutcomeStatus.Succeeded], outcomes.Select(static o => o.Status));
        Assert.Equal(service.Sent[0], service.Sent[1]);
        Assert.NotEqual(service.Sent[1], service.Sent[2]);
    }

    [Fact]
    public async Task Once_an_outage_begins_only_the_circuit_decides_when_to_try_again()
    {
        using var service = new ScriptedService(maximumRetryCount: 5, outageTimeoutSec: 120)
            .Answers("OK", 200).DoesNotConnect().DoesNotConnect().DoesNotConnect().Answers("OK", 200);
        await service.SendAsync();

        await service.SendAsync();

        var sentAt = service.SentAt.Skip(1).ToList();
        Assert.Equal([400.0, 750.0, 500.0], sentAt.Zip(sentAt.Skip(1), static (a, b) => (b - a).TotalMilliseconds));
    }
}
