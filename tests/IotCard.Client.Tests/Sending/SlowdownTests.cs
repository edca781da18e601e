using IotCard.Client.Rules;
using IotCard.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

/// <summary>The rate that a run finds: a quota's, and none that crawls where slowing down does not help.</summary>
public sealed class SlowdownTests
{
    private const int Width = 16;

    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task A_gateway_that_throttles_every_second_request_does_not_make_a_run_crawl()
    {
        var requests = 0;

        var (seconds, throttled) = await SendAsync(rows: 150, () => ++requests % 2 == 1);

        Assert.InRange(seconds, 1, 60);
        Assert.InRange(throttled, 140, 160);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task A_quota_is_kept_to_with_few_requests_in_vain(int perSecond)
    {
        var tokens = (double)perSecond;
        var filled = _clock.GetTimestamp();

        var (seconds, throttled) = await SendAsync(rows: 60 * perSecond, () =>
        {
            tokens = Math.Min(perSecond, tokens + (_clock.GetElapsedTime(filled).TotalSeconds * perSecond));
            filled = _clock.GetTimestamp();
            var isIn = tokens >= 1;
            tokens -= isIn ? 1 : 0;
            return isIn;
        });

        Assert.InRange(seconds, 55, 150);
        Assert.InRange(throttled, 0, (20 * perSecond) + 60);
    }

    /// <summary>Sends rows, several at a time, each again until it is let in.</summary>
    private async Task<(double Seconds, int Throttled)> SendAsync(int rows, Func<bool> letsIn)
    {
        var rateLimiter = new AdaptiveRateLimiter(_clock);
        var start = _clock.GetTimestamp();
        var (left, throttled) = (rows, 0);
        async Task WorkAsync()
        {
            while (left-- > 0)
            {
                while (true)
                {
                    await rateLimiter.WaitAsync(CancellationToken.None);
                    var isIn = letsIn();
                    await Task.Delay(TimeSpan.FromMilliseconds(50), _clock);
                    rateLimiter.Report(isIn ? Answered : Throttled);
                    if (isIn)
                    {
                        break;
                    }

                    throttled++;
                }
            }
        }

        var workers = Task.WhenAll(Enumerable.Range(0, Width).Select(_ => WorkAsync()));
        while (!workers.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        await workers;
        return (_clock.GetElapsedTime(start).TotalSeconds, throttled);
    }

    private static AttemptResult Throttled => new() { Status = AttemptStatus.Throttled, Code = "Throttling.User" };

    private static AttemptResult Answered =>
        new() { Status = AttemptStatus.Answered, Code = "OK", Response = new ServiceResponse { HttpStatus = 200, Code = "OK" } };
}
