using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// How often and after how long an operation is tried again. Which request is then sent, a new one or the same, is not
/// decided here but by <see cref="OperationSender"/> and <see cref="InDoubtResolver"/>.
/// </summary>
internal sealed class RetryPolicy
{
    /// <summary>How often a row may be told to wait. With the run's pauses of up to half a minute, it outlasts a quota of an hour.</summary>
    internal const int ThrottleAllowance = 150;

    /// <summary>The longest wait that a response may ask for.</summary>
    internal static readonly TimeSpan MaximumHint = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after its first sending a request may still be sent again. The gateway takes a timestamp, and remembers a
    /// nonce, for 15 minutes; clocks that differ, and time on the way, have five of them.
    /// </summary>
    internal static readonly TimeSpan SafeAge = TimeSpan.FromMinutes(10);

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

    /// <summary>Whether a throttled row may wait and go on.</summary>
    /// <param name="result">The response that asks to wait.</param>
    /// <param name="throttled">How often the row was throttled before.</param>
    internal static bool MayWait(AttemptResult result, int throttled) =>
        throttled < ThrottleAllowance && !(result.RetryAfter > MaximumHint);

    /// <summary>Whether a row that gets no connection from a service within reach may try again.</summary>
    internal bool MayReconnect(int failedTries) => failedTries < _maximumRetryCount;

    /// <summary>Whether a row in doubt may be sent again.</summary>
    /// <param name="operation">The row.</param>
    /// <param name="resends">How often it was sent again.</param>
    internal bool MayResend(InDoubtOperation operation, int resends) =>
        _outageTimeout > TimeSpan.Zero ? operation.InDoubtFor < _outageTimeout : resends < _maximumRetryCount;

    /// <summary>The pause before a try: half a second, doubled from try to try up to ten seconds, and varied by a half.</summary>
    /// <param name="failedTries">How many tries have failed, 1 or more.</param>
    internal TimeSpan DelayAfter(int failedTries)
    {
        var full = Math.Min(FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failedTries - 1, 30)), MaximumDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(full * (0.5 + (_jitter() / 2)));
    }
}
