using IotCard.Client.Service;
using Polly;
using Polly.Retry;

namespace IotCard.Client.Sending;

/// <summary>
/// How long to wait and how often to try. What may be tried again, and with which request, is not decided here but by
/// <see cref="OperationSender"/> and <see cref="InDoubtResolver"/>.
/// </summary>
internal sealed class RetryPolicy
{
    /// <summary>How often a row may be told to wait. At half a minute each, it outlasts a quota of an hour.</summary>
    internal const int ThrottleAllowance = 120;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan MaximumDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FirstThrottleDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaximumThrottleDelay = TimeSpan.FromSeconds(30);

    private readonly Func<AttemptResult, bool> _isFailedTry;
    private readonly ResiliencePipeline<AttemptResult> _pipeline;

    /// <summary>Makes rules that try again after the ends that <paramref name="isFailedTry"/> names, and, beyond that count, after being told to wait.</summary>
    internal RetryPolicy(SenderOptions options, Func<AttemptResult, bool> isFailedTry)
    {
        _isFailedTry = isFailedTry;
        var builder = new ResiliencePipelineBuilder<AttemptResult> { TimeProvider = options.Clock };
        if (options.MaximumRetryCount > 0)
        {
            builder.AddRetry(Retry(options.MaximumRetryCount, FirstDelay, MaximumDelay, options.Jitter, isFailedTry));
        }

        var throttled = Retry(ThrottleAllowance, FirstThrottleDelay, MaximumThrottleDelay, options.Jitter, IsThrottled);
        throttled.DelayGenerator = static args => new ValueTask<TimeSpan?>(args.Outcome.Result!.RetryAfter);
        _pipeline = builder.AddRetry(throttled).Build();
    }

    /// <summary>Whether there is reason to try again after such an end.</summary>
    internal bool CallsForMore(AttemptResult end) => IsThrottled(end) || _isFailedTry(end);

    /// <summary>Goes on from how a first try ended: waits and tries again for as long as there is reason to.</summary>
    /// <param name="first">How the first try ended.</param>
    /// <param name="tryAgain">Tries again.</param>
    /// <param name="cancellationToken">Ends the waiting, and is handed to each try.</param>
    /// <returns>How the last try ended.</returns>
    internal ValueTask<AttemptResult> ContinueAsync(
        AttemptResult first, Func<CancellationToken, ValueTask<AttemptResult>> tryAgain, CancellationToken cancellationToken)
    {
        // The pipeline counts from the first try on, so it is told of that as if it were under way only now.
        var ended = first;
        return _pipeline.ExecuteAsync(
            token =>
            {
                var end = ended is null ? tryAgain(token) : new ValueTask<AttemptResult>(ended);
                ended = null;
                return end;
            },
            cancellationToken);
    }

    private static bool IsThrottled(AttemptResult end) => end.Kind == AttemptStatus.Throttled;

    private static RetryStrategyOptions<AttemptResult> Retry(
        int count, TimeSpan first, TimeSpan longest, Func<double> jitter, Func<AttemptResult, bool> isHandled) =>
        new()
        {
            MaxRetryAttempts = count,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = first,
            MaxDelay = longest,
            Randomizer = jitter,
            ShouldHandle = args => new ValueTask<bool>(args.Outcome.Result is { } end && isHandled(end)),
        };
}
