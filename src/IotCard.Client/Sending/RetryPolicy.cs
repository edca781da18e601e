using IotCard.Client.Rules;

namespace IotCard.Client.Sending;

/// <summary>
/// How often and after how long an operation is retried. Whether a new request or the same one is then sent is decided
/// by <see cref="OperationSender"/> and <see cref="InDoubtResolver"/>, not here.
/// </summary>
internal sealed class RetryPolicy
{
    /// <summary>How often a row may be throttled. With the run's pauses of up to half a minute, it outlasts an hourly quota.</summary>
    internal const int ThrottleAllowance = 150;

    /// <summary>The maximum wait that a response may ask for.</summary>
    internal static readonly TimeSpan MaximumHint = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    internal static readonly TimeSpan MaximumDelay = TimeSpan.FromSeconds(10);

    private readonly int _maximumRetryCount;
    private readonly TimeSpan _outageTimeout;
    private readonly Func<double> _jitter;

    internal RetryPolicy(SenderOptions options)
    {
        _maximumRetryCount = options.MaximumRetryCount;
        _outageTimeout = options.OutageTimeout;
        _jitter = options.Jitter;
    }

    /// <summary>Whether a throttled row may wait and continue.</summary>
    /// <param name="result">The response that asks to wait.</param>
    /// <param name="throttled">How often the row was throttled before.</param>
    internal static bool MayWait(AttemptResult result, int throttled) =>
        throttled < ThrottleAllowance && !(result.RetryAfter > MaximumHint);

    /// <summary>Whether a row that gets no connection may retry while the service is reachable.</summary>
    internal bool MayReconnect(int failedTries) => failedTries < _maximumRetryCount;

    /// <summary>Whether an in-doubt operation may be resent.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="resends">How often it was resent.</param>
    internal bool MayResend(InDoubtOperation operation, int resends) =>
        _outageTimeout > TimeSpan.Zero ? !HasTimedOut(operation) : resends < _maximumRetryCount;

    /// <summary>Whether an operation was in doubt for as long as an outage is waited for.</summary>
    internal bool HasTimedOut(InDoubtOperation operation) => _outageTimeout > TimeSpan.Zero && operation.InDoubtFor >= _outageTimeout;

    /// <summary>The delay before a retry: half a second, doubled with every attempt up to ten seconds, with a jitter of one half.</summary>
    /// <param name="failedTries">How many attempts have failed, 1 or more.</param>
    internal TimeSpan DelayAfter(int failedTries)
    {
        var full = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failedTries - 1, 30)), MaximumDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (0.5 + (_jitter() / 2)));
    }
}
