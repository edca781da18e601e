namespace IotCard.Client.Tests.Simulation;

/// <summary>A clock, and everything that happens at some time: one thread takes one step after the other, in the order of their times.</summary>
internal sealed class SimulatedTime : TimeProvider
{
    private readonly PriorityQueue<Action, (long Due, long Sequence)> _steps = new();
    private long _now = new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _sequence;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => new(_now, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, () => callback(state), dueTime);

    /// <summary>Has something happen after a time.</summary>
    internal void After(TimeSpan delay, Action step) => _steps.Enqueue(step, (_now + delay.Ticks, _sequence++));

    /// <summary>Takes the next step.</summary>
    /// <returns>False if there is none.</returns>
    internal bool TryStep()
    {
        if (!_steps.TryDequeue(out var step, out var at))
        {
            return false;
        }

        _now = Math.Max(_now, at.Due);
        step();
        return true;
    }

    /// <summary>Forgets every step that was to come, as when a process dies, and lets time pass.</summary>
    internal void Die(TimeSpan pause)
    {
        _steps.Clear();
        _now += pause.Ticks;
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
            Change(dueTime, System.Threading.Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != System.Threading.Timeout.InfiniteTimeSpan)
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
