using IotCard.Client.Rules;
using IotCard.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

/// <summary>The exact pauses and rates of the rate limiter.</summary>
public sealed class RateLimiterPacingTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Without_a_hint_pauses_double_up_to_thirty_seconds_until_something_is_answered()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            rateLimiter.Report(Throttled());
            Assert.Equal(TimeSpan.FromSeconds(seconds), rateLimiter.Pause);
            _clock.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(TimeSpan.Zero, rateLimiter.Pause);
            rateLimiter.Report(new AttemptResult { Status = AttemptStatus.Lost, Code = AttemptCode.ConnectionLost });
        }

        rateLimiter.Report(Answered());
        _clock.Advance(TimeSpan.FromSeconds(1));
        rateLimiter.Report(Throttled());

        Assert.Equal(TimeSpan.FromSeconds(1), rateLimiter.Pause);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, rateLimiter.Pause);
    }

    [Fact]
    public void A_shorter_hint_does_not_shorten_a_pause()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        rateLimiter.Throttle(TimeSpan.FromSeconds(10));

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(10), rateLimiter.Pause);
    }

    [Fact]
    public void The_first_turn_comes_exactly_when_the_pause_ends()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        var waits = Enumerable.Range(0, 2).Select(_ => Ask(rateLimiter)).ToList();

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([true, false], waits.Select(static w => w.IsCompletedSuccessfully));
    }

    [Fact]
    public void A_short_pause_gives_no_turn_away_a_second_time()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        var earlier = Enumerable.Range(0, 20).Select(_ => Ask(rateLimiter)).ToList();
        Advance(milliseconds: 1100);

        rateLimiter.Throttle(TimeSpan.FromMilliseconds(50));
        var later = Ask(rateLimiter);

        while (!later.IsCompleted)
        {
            Advance(milliseconds: 10);
        }

        Assert.All(earlier, static w => Assert.True(w.IsCompletedSuccessfully));
    }

    [Theory]
    [InlineData(49, 1000, false)]
    [InlineData(50, 100, true)]
    public void Throttling_after_fifty_answered_requests_pauses_for_a_tenth_of_a_second_only(int answered, int milliseconds, bool isUnlimited)
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        for (var i = 0; i < answered; i++)
        {
            rateLimiter.Report(Answered());
        }

        rateLimiter.Report(Throttled());

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), rateLimiter.Pause);
        Assert.Equal(isUnlimited, double.IsPositiveInfinity(rateLimiter.PerSecond));
    }

    [Fact]
    public void The_second_of_two_throttled_requests_is_not_an_isolated_one()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        for (var i = 0; i < 50; i++)
        {
            rateLimiter.Report(Answered());
        }

        rateLimiter.Report(Throttled());
        rateLimiter.Report(Throttled());

        Assert.Equal(3.5, rateLimiter.PerSecond);
        Assert.Equal(TimeSpan.FromSeconds(1), rateLimiter.Pause);
    }

    [Fact]
    public void It_gets_a_tenth_faster_each_second_until_four_times_the_rate_that_was_throttled()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        Assert.Equal(3.5, RateAfter(rateLimiter, seconds: 1));
        Assert.Equal(3.5, RateAfter(rateLimiter, seconds: 0.75));
        Assert.Equal(3.85, RateAfter(rateLimiter, seconds: 0.25), precision: 9);

        // Parts of a second are not lost.
        Assert.Equal(4.235, RateAfter(rateLimiter, seconds: 1.5), precision: 9);
        Assert.Equal(4.6585, RateAfter(rateLimiter, seconds: 0.5), precision: 9);

        Assert.Equal(3.5 * Math.Pow(1.1, 18), RateAfter(rateLimiter, seconds: 15), precision: 9);
        Assert.Equal(double.PositiveInfinity, RateAfter(rateLimiter, seconds: 1));
    }

    [Theory]
    [InlineData(20, 0, 14)]
    [InlineData(20, 0.5, 14)]
    [InlineData(20, 2, 7)]
    [InlineData(20, 3, 14.0 / 3)]
    [InlineData(20, 10, 3.5)]
    public void It_slows_down_to_seven_tenths_of_what_was_sent_per_second(int sent, double seconds, double perSecond)
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        Ask(rateLimiter, sent);
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(perSecond, rateLimiter.PerSecond, precision: 9);
    }

    [Fact]
    public void Only_the_latest_second_counts()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        Ask(rateLimiter, 100);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Ask(rateLimiter, 10);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Ask(rateLimiter, 10);

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(14, rateLimiter.PerSecond, precision: 9);
    }

    [Fact]
    public void A_run_that_is_throttled_again_slows_down_from_the_rate_it_had()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(2.45, rateLimiter.PerSecond, precision: 9);
    }

    [Fact]
    public void A_run_that_is_throttled_again_counts_only_what_was_sent_since()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        Ask(rateLimiter, 100);
        _clock.Advance(TimeSpan.FromSeconds(1));
        rateLimiter.Throttle(TimeSpan.FromSeconds(3));
        _clock.Advance(TimeSpan.FromSeconds(3));
        Ask(rateLimiter, 20);
        Advance(milliseconds: 2000);

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(7, rateLimiter.PerSecond, precision: 9);
    }

    [Fact]
    public void A_request_that_waits_for_a_second_pause_counts_once()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        Ask(rateLimiter, 100);
        _clock.Advance(TimeSpan.FromSeconds(1));
        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        var waits = Enumerable.Range(0, 20).Select(_ => Ask(rateLimiter)).ToList();
        Advance(milliseconds: 500);
        rateLimiter.Throttle(TimeSpan.FromMilliseconds(1500));
        Advance(milliseconds: 2500);
        Assert.All(waits, static w => Assert.True(w.IsCompletedSuccessfully));

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(7, rateLimiter.PerSecond, precision: 9);
    }

    private static AttemptResult Throttled() => new() { Status = AttemptStatus.Throttled, Code = "Throttling.User" };

    private static AttemptResult Answered() =>
        new() { Status = AttemptStatus.Answered, Code = "OK", Response = new ServiceResponse { HttpStatus = 200, Code = "OK" } };

    private static Task Ask(AdaptiveRateLimiter rateLimiter) => rateLimiter.WaitAsync(CancellationToken.None).AsTask();

    private static void Ask(AdaptiveRateLimiter rateLimiter, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _ = Ask(rateLimiter);
        }
    }

    private double RateAfter(AdaptiveRateLimiter rateLimiter, double seconds)
    {
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _ = Ask(rateLimiter);
        return rateLimiter.PerSecond;
    }

    private void Advance(int milliseconds)
    {
        for (var passed = 0; passed < milliseconds; passed += 10)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }
    }
}
