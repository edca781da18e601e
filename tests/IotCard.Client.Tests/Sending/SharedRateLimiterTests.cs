using System.Diagnostics;
using IotCard.Client.Cards;
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
        var throttled = service.Sender.SendAsync(Row(1), intents: null, Never);
        var other = service.Sender.SendAsync(Row(2), intents: null, Never);

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
        using var rateLimiter = new AdaptiveRateLimiter(clock);
        rateLimiter.Throttle(TimeSpan.FromMilliseconds(1000));
        clock.Advance(TimeSpan.FromMilliseconds(0.3));

        var wait = rateLimiter.WaitAsync(Never).AsTask();
        clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(2));

        Assert.True(wait.IsCompletedSuccessfully);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(400)]
    public async Task A_ceiling_holds_over_any_window(int perSecond)
    {
        using var rateLimiter = new AdaptiveRateLimiter(TimeProvider.System, perSecond);
        var turns = new List<(TimeSpan Asked, TimeSpan Given)>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(1.2))
        {
            var asked = watch.Elapsed;
            await rateLimiter.WaitAsync(TestContext.Current.CancellationToken);
            turns.Add((asked, watch.Elapsed));
        }

        // Permits come in shares of a twentieth of a second. One may have been saved up when a window begins, and another
        // may have been due since the last tick.
        var share = Math.Max(1, perSecond / 20);
        for (var from = 0; from < turns.Count; from++)
        {
            for (var to = from; to < turns.Count; to++)
            {
                var seconds = (turns[to].Given - turns[from].Asked).TotalSeconds;
                Assert.True(to - from + 1 <= (perSecond * seconds) + (2 * share) + 1e-6, $"{to - from + 1} turns in {seconds} s");
            }
        }

        Assert.InRange(turns.Count, perSecond / 2, (1.2 * perSecond) + (3 * share));
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));
}
