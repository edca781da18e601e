using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// The rate of a run: as fast as it likes until the gateway throttles it, then slower, and faster again bit by bit. One
/// throttled response speaks for the whole account, so every request of the run waits with it. A ceiling holds beside
/// that, whatever the gateway would bear. Safe for concurrent use.
/// </summary>
public sealed class AdaptiveRateLimiter
{
    private const double Decrease = 0.7;
    private const double IncreasePerSecond = 1.1;
    private const double MinimumPerSecond = 0.5;

    /// <summary>What a run is taken to have sent each second where it has sent too little to be measured.</summary>
    private const double AssumedPerSecond = 5;

    /// <summary>After so many answers without throttling, a throttled response says nothing about the run's rate unless another follows.</summary>
    private const int IsolatedAfter = 50;

    private static readonly TimeSpan IsolatedPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaximumPause = TimeSpan.FromSeconds(30);

    /// <summary>How much of the ceiling's time may be caught up on, so that timers that ring late cost no turns.</summary>
    private static readonly TimeSpan CeilingBurst = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly TimeProvider _clock;
    private readonly TimeSpan? _ceilingInterval;
    private readonly long _start;
    private double _perSecond = double.PositiveInfinity;
    private double _throttledAt = double.PositiveInfinity;
    private TimeSpan _next = TimeSpan.Zero;
    private TimeSpan _nextUnderCeiling = TimeSpan.Zero;
    private TimeSpan _resume = TimeSpan.Zero;
    private TimeSpan _changed = TimeSpan.Zero;
    private TimeSpan _windowStart = TimeSpan.Zero;
    private int _windowSent;
    private int _answeredSinceThrottling;
    private TimeSpan _unhintedPause = FirstPause;

    /// <summary>Makes a rate limiter.</summary>
    /// <param name="clock">Measures the rate.</param>
    /// <param name="requestsPerSecond">The most requests a second, 1 or more; null for no ceiling.</param>
    public AdaptiveRateLimiter(TimeProvider clock, int? requestsPerSecond = null)
    {
        _clock = clock;
        _ceilingInterval = requestsPerSecond is { } perSecond ? TimeSpan.FromSeconds(1.0 / perSecond) : null;
        _start = clock.GetTimestamp();
    }

    /// <summary>The most requests a second that the limiter lets through now; infinity while nothing throttles it.</summary>
    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                return _perSecond;
            }
        }
    }

    /// <summary>How long the run still pauses because it was throttled; zero while it does not.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_gate)
            {
                var left = _resume - Now;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    private TimeSpan Now => _clock.GetElapsedTime(_start);

    /// <summary>Waits until the next request may leave.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when it may.</returns>
    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var wait = Reserve(isAgain: false);
        return wait > TimeSpan.Zero ? new ValueTask(WaitAsync(wait, cancellationToken)) : default;
    }

    /// <summary>Learns from how an attempt ended.</summary>
    /// <param name="result">Its result.</param>
    internal void Report(AttemptResult result)
    {
        if (result.Status == AttemptStatus.Throttled)
        {
            Throttle(result.RetryAfter is { } hint && hint <= RetryPolicy.MaximumHint ? hint : null);
        }
        else if (result.IsAnswered)
        {
            lock (_gate)
            {
                _answeredSinceThrottling++;
                _unhintedPause = FirstPause;
            }
        }
    }

    /// <summary>A request was throttled: everything pauses, and goes on more slowly.</summary>
    /// <param name="hint">How long the gateway asks to wait; null where it does not say.</param>
    internal void Throttle(TimeSpan? hint)
    {
        lock (_gate)
        {
            var now = Now;
            var isIsolated = _answeredSinceThrottling >= IsolatedAfter;
            _answeredSinceThrottling = 0;

            // Requests that were in flight together are throttled together; that is one reason to slow down, not many.
            var isOneOfMany = now < _changed;
            var resume = now + (hint ?? (isIsolated ? IsolatedPause : _unhintedPause));
            _resume = resume > _resume ? resume : _resume;
            _next = resume > _next ? resume : _next;
            if (isIsolated || isOneOfMany)
            {
                return;
            }

            _unhintedPause = _unhintedPause + _unhintedPause < MaximumPause ? _unhintedPause + _unhintedPause : MaximumPause;
            _throttledAt = Math.Min(_perSecond, Math.Max(Measured(now), AssumedPerSecond));
            _perSecond = Math.Max(_throttledAt * Decrease, MinimumPerSecond);
            _changed = resume;
            _windowStart = resume;
            _windowSent = 0;
        }
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        // Whoever waits for its turn when a pause begins waits for the end of the pause, and for a new turn.
        while (wait > TimeSpan.Zero)
        {
            // A timer counts whole milliseconds. One that rang before the pause is over would cost the turn.
            await _clock.WaitAsync(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), cancellationToken).ConfigureAwait(false);
            wait = IsPaused() ? Reserve(isAgain: true) : TimeSpan.Zero;
        }
    }

    private bool IsPaused()
    {
        lock (_gate)
        {
            return Now < _resume;
        }
    }

    private TimeSpan Reserve(bool isAgain)
    {
        lock (_gate)
        {
            var now = Now;
            SpeedUp(now);
            var slot = UnderCeiling(_next > now ? _next : now);
            if (!double.IsPositiveInfinity(_perSecond))
            {
                _next = slot + TimeSpan.FromSeconds(1 / _perSecond);
            }

            _windowSent += isAgain ? 0 : 1;
            return slot - now;
        }
    }

    private TimeSpan UnderCeiling(TimeSpan slot)
    {
        if (_ceilingInterval is not { } interval)
        {
            return slot;
        }

        var earliest = slot - CeilingBurst;
        var turn = _nextUnderCeiling > earliest ? _nextUnderCeiling : earliest;
        _nextUnderCeiling = turn + interval;
        return turn > slot ? turn : slot;
    }

    private double Measured(TimeSpan now)
    {
        var seconds = (now - _windowStart).TotalSeconds;
        return _windowSent / Math.Max(seconds, 1);
    }

    private void SpeedUp(TimeSpan now)
    {
        var seconds = (now - _changed).TotalSeconds;
        if (double.IsPositiveInfinity(_perSecond) || seconds < 1)
        {
            if (double.IsPositiveInfinity(_perSecond) && (now - _windowStart).TotalSeconds > 1)
            {
                _windowStart = now;
                _windowSent = 0;
            }

            return;
        }

        _perSecond *= Math.Pow(IncreasePerSecond, Math.Floor(seconds));
        _changed += TimeSpan.FromSeconds(Math.Floor(seconds));
        if (_perSecond > _throttledAt * 4)
        {
            _perSecond = double.PositiveInfinity;
        }
    }
}
