using IotCard.Client.Service;
using Polly;
using Polly.Retry;

namespace IotCard.Client.Sending;

/// <summary>
/// How long to wait and how often to try. What may be tried again, and with which request, is not decided here but by
/// <see cref="OperationSender"/> and <see cref="DoubtSettler"/>.
/// </summary>
internal static class RetryRules
{
    /// <summary>How often a row may be told to wait. At half a minute each, it outlasts a quota of an hour.</summary>
    internal const int ThrottleAllowance = 120;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstThrottleDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestThrottleDelay = TimeSpan.FromSeconds(30);

    /// <summary>Tries again after the ends that <paramref name="isFailedTry"/> names, and, beyond that count, after being told to wait.</summary>
    internal static ResiliencePipeline<AttemptEnd> Create(SenderOptions options, Func<AttemptEnd, bool> isFailedTry)
    {
        var builder = new ResiliencePipelineBuilder<AttemptEnd> { TimeProvider = options.Clock };
        if (options.MaximumRetryCount > 0)
        {
            builder.AddRetry(Retry(options, options.MaximumRetryCount, FirstDelay, LongestDelay, isFailedTry));
        }

        var throttled = Retry(
            options, ThrottleAllowance, FirstThrottleDelay, LongestThrottleDelay, static end => end.Kind == AttemptEndKind.Throttled);
        throttled.DelayGenerator = static args => new ValueTask<TimeSpan?>(args.Outcome.Result!.RetryAfter);
        return builder.AddRetry(throttled).Build();
    }

    private static RetryStrategyOptions<AttemptEnd> Retry(
        SenderOptions options, int count, TimeSpan first, TimeSpan longest, Func<AttemptEnd, bool> isHandled) =>
        new()
        {
            MaxRetryAttempts = count,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = first,
            MaxDelay = longest,
            Randomizer = options.Jitter,
            ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result is { } end && isHandled(end)),
        };
}
