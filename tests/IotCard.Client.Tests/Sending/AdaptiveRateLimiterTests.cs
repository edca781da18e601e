using IotCard.Client.Rules;
using IotCard.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

public sealed class AdaptiveRateLimiterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Everything_is_let_through_while_nothing_is_throttled()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(rateLimiter.WaitAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully));
        Assert.Equal(double.PositiveInfinity, rateLimiter.PerSecond);
    }

    [Fact]
    public void One_throttled_response_pauses_every_request_for_as_long_as_its_hint_says()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);

        rateLimiter.Throttle(TimeSpan.FromSeconds(3));
        var waits = Enumerable.Range(0, 3).Select(_ => rateLimiter.WaitAsync(CancellationToken.None).AsTask()).ToList();

        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.DoesNotContain(waits, w => w.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.True(waits[0].IsCompleted);
    }

    [Fact]
    public void A_request_that_waits_when_a_longer_pause_begins_waits_for_its_end()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        var wait = rateLimiter.WaitAsync(CancellationToken.None).AsTask();

        rateLimiter.Throttle(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.False(wait.IsCompleted);
    }

    [Fact]
    public async Task Many_simultaneous_throttled_responses_slow_it_down_once_and_it_gets_faster_again()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        for (var i = 0; i < 100; i++)
        {
            await rateLimiter.WaitAsync(CancellationToken.None);
            _clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        for (var i = 0; i < 20; i++)
        {
            rateLimiter.Throttle(TimeSpan.FromMilliseconds(100));
        }

        var slowed = rateLimiter.PerSecond;
        Assert.InRange(slowed, 50, 90);
        var rates = new List<double>();
        for (var second = 0; second < 60; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _ = rateLimiter.WaitAsync(CancellationToken.None).AsTask();
            rates.Add(rateLimiter.PerSecond);
        }

        Assert.Equal(rates.Order(), rates);
        Assert.Equal(double.PositiveInfinity, rates[^1]);
    }

    [Fact]
    public async Task When_slowed_down_it_still_lets_requests_through_one_at_a_time()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        for (var i = 0; i < 10; i++)
        {
            await rateLimiter.WaitAsync(CancellationToken.None);
        }

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));
        var passed = Enumerable.Range(0, 20).Select(_ => rateLimiter.WaitAsync(CancellationToken.None).AsTask()).ToList();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var after = new List<int>();
        for (var tenth = 0; tenth < 20; tenth++)
        {
            after.Add(passed.Count(p => p.IsCompleted));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(after.Order(), after);
        Assert.InRange(passed.Count(p => p.IsCompleted), 10, 18);
    }

    [Fact]
    public void After_a_pause_a_ceiling_allows_at_most_a_twentieth_of_a_second_of_requests_at_once()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock, requestsPerSecond: 40);
        _clock.Advance(TimeSpan.FromHours(1));

        var passed = Enumerable.Range(0, 1000).Select(_ => rateLimiter.WaitAsync(CancellationToken.None).AsTask()).ToList();

        Assert.Equal(3, passed.Count(p => p.IsCompleted));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(43, passed.Count(p => p.IsCompleted));
    }

    /// <summary>One request in its first second is not a rate to slow down from.</summary>
    [Fact]
    public async Task A_run_that_is_throttled_at_its_first_request_does_not_crawl()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        await rateLimiter.WaitAsync(CancellationToken.None);

        rateLimiter.Throttle(TimeSpan.FromSeconds(1));

        Assert.Equal(3.5, rateLimiter.PerSecond);
    }

    [Fact]
    public async Task Waiting_for_the_limiter_can_be_canceled()
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        using var stop = new CancellationTokenSource();
        rateLimiter.Throttle(TimeSpan.FromHours(1));
        var wait = rateLimiter.WaitAsync(stop.Token).AsTask();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public void The_rate_never_falls_below_one_request_in_two_seconds()
    {
        var clock = new FakeTimeProvider();
        var limiter = new AdaptiveRateLimiter(clock);
        for (var i = 0; i < 100; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(40));
            limiter.Throttle(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(0.5, limiter.PerSecond);
    }

    [Fact]
    public async Task Throttling_unrelated_to_load_does_not_count_as_a_quota()
    {
        var clock = new FakeTimeProvider();
        var limiter = new AdaptiveRateLimiter(clock);
        for (var i = 1; i <= 5000; i++)
        {
            var turn = limiter.WaitAsync(TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromMilliseconds(2));
            while (!turn.IsCompleted)
            {
                clock.Advance(TimeSpan.FromMilliseconds(10));
            }

            await turn;
            limiter.Report(i % 500 == 0
                ? new AttemptResult { Status = AttemptStatus.Throttled, Code = "Throttling" }
                : new AttemptResult { Status = AttemptStatus.Answered, Code = "OK", Response = new ServiceResponse { HttpStatus = 200, Code = "OK" } });
        }

        Assert.Equal(double.PositiveInfinity, limiter.PerSecond);
    }
}
