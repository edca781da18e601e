using IotCard.Client.Cards;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

/// <summary>One throttled response speaks for the whole account.</summary>
public sealed class SharedRateLimiterTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task A_row_that_was_not_throttled_waits_with_the_one_that_was()
    {
        using var service = new ScriptedService()
            .Answers("Throttling.User", 429, ("x-acs-retry-after", "5000")).Answers("OK", 200).Answers("OK", 200);
        var throttled = service.Sender.SendAsync(Row(1), record: null, Never);
        var other = service.Sender.SendAsync(Row(2), record: null, Never);

        service.Clock.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.Single(service.Sent);
        while (!throttled.IsCompleted || !other.IsCompleted)
        {
            service.Clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.All([await throttled, await other], outcome => Assert.Equal(OutcomeStatus.Succeeded, outcome.Status));
        Assert.Equal(3, service.NoncesUsed);
        Assert.All(service.SentAt.Skip(1), at => Assert.True(at - service.SentAt[0] >= TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task A_throttled_in_doubt_row_slows_the_others_down_too()
    {
        using var service = new ScriptedService()
            .Loses().Answers("Throttling.User", 429, ("x-acs-retry-after", "5000")).Answers("OK", 200);

        await service.SendAsync();

        Assert.InRange(service.Sender.RateLimiter.PerSecond, 0.1, 10);
    }

    [Fact]
    public void A_turn_is_taken_when_it_comes_even_between_two_ticks_of_the_clock()
    {
        var clock = new FakeTimeProvider();
        var rateLimiter = new AdaptiveRateLimiter(clock);
        rateLimiter.Throttle(TimeSpan.FromMilliseconds(1000));
        clock.Advance(TimeSpan.FromMilliseconds(0.3));

        var wait = rateLimiter.WaitAsync(Never).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(2));

        Assert.True(wait.IsCompletedSuccessfully);
    }

    /// <summary>Timers fire late, by up to 20 ms: that neither slows the run down nor lets too many requests through.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(25)]
    [InlineData(400)]
    public void A_ceiling_holds_over_any_window(int perSecond)
    {
        var clock = new FakeTimeProvider();
        var (start, random) = (clock.GetTimestamp(), new Random(perSecond));
        var rateLimiter = new AdaptiveRateLimiter(clock, perSecond);
        var turns = new List<TimeSpan>();
        var waiting = Enumerable.Range(0, 8).Select(_ => rateLimiter.WaitAsync(Never).AsTask()).ToList();
        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(4); now = clock.GetElapsedTime(start))
        {
            for (var i = 0; i < waiting.Count; i++)
            {
                while (waiting[i].IsCompletedSuccessfully)
                {
                    turns.Add(now);
                    waiting[i] = rateLimiter.WaitAsync(Never).AsTask();
                }
            }

            clock.Advance(TimeSpan.FromMilliseconds(1 + (19 * random.NextDouble())));
        }

        var all = turns.Select((at, n) => (at, n)).ToList();
        Assert.All(all, from => Assert.All(all.Skip(from.n), to =>
            Assert.True(to.n - from.n <= (perSecond * ((to.at - from.at).TotalSeconds + 0.05)) + 1e-6, $"{to.n - from.n + 1} turns from {from.at} to {to.at}")));
        Assert.InRange(turns.Count, (3.9 * perSecond) - 1, (4.05 * perSecond) + 1);
    }

    [Fact]
    public void Under_a_ceiling_a_pause_ends_without_a_burst()
    {
        var clock = new FakeTimeProvider();
        var rateLimiter = new AdaptiveRateLimiter(clock, 100);
        for (var i = 0; i < 60; i++)
        {
            // Enough responses without throttling that the next throttled one alone does not slow the run down.
            rateLimiter.Report(new AttemptResult { Status = AttemptStatus.Answered, Code = "OK", Response = new ServiceResponse { HttpStatus = 200, Code = "OK" } });
        }

        rateLimiter.Throttle(TimeSpan.FromSeconds(10));
        var waiting = Enumerable.Range(0, 200).Select(_ => rateLimiter.WaitAsync(Never).AsTask()).ToList();
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(waiting.Count(static w => w.IsCompleted), 0, 6);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(waiting.Count(static w => w.IsCompleted), 90, 110);
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));
}
