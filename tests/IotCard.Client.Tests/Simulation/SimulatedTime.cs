namespace IotCard.Client.Tests.Simulation;

/// <summary>A clock, and everything that happens at some time: one thread takes one step after the other, in the order of their times.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly PriorityQueue<(Action Step, bool IsOfWorld), (long Due, long Sequence)> _steps = new();
    private long _now = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _sequence;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, () => callback(state), dueTime);

    /// <summary>Has something happen after a time.</summary>
    /// <param name="delay">The time.</param>
    /// <param name="step">What happens.</param>
    /// <param name="isOfWorld">Whether it happens in the world outside, so that it survives the process.</param>
    internal void After(TimeSpan delay, Action step, bool isOfWorld = false) => _steps.Enqueue((step, isOfWorld), (_now + delay.Ticks, _sequence++));

    /// <summary>Takes the next step.</summary>
    /// <returns>False if there is none.</returns>
    internal bool TryStep()
    {
        if (!_steps.TryDequeue(out var next, out var at))
        {
            return false;
        }

        _now = Math.Max(_now, at.Due);
        next.Step();
        return true;
    }

    /// <summary>The process dies: of what was to come only what happens outside remains.</summary>
    internal void Die()
    {
        var steps = _steps.UnorderedItems.Where(static item => item.Element.IsOfWorld).ToList();
        _steps.Clear();
        _steps.EnqueueRange(steps);
    }

    /// <summary>Lets time pass in which nothing of this process happens.</summary>
    internal void Pass(TimeSpan pause)
    {
        var end = _now + pause.Ticks;
        while (_steps.TryPeek(out _, out var at) && at.Due <= end)
        {
            TryStep();
        }

        _now = end;
    }

    private sealed class Timer : ITimer
    {
        private readonly SimulatedTime _time;
        private readonly Action _callback;
        private int _version;

        internal Timer(SimulatedTime time, Action callback, TimeSpan dueTime)
        {
            _time = time;
            _callback = callback;
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _time.After(dueTime, () =>
                {
                    if (version == _version)
                    {
                        _callback();
                    }
                });
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
