using System.Diagnostics;

namespace IotCard.Client.Tests.Chaos;

/// <summary>A clock that runs a number of times as fast as the world, so that timeouts and pauses cost a test little.</summary>
internal sealed class FastClock(int factor) : TimeProvider
{
    private readonly DateTimeOffset _startUtc = DateTimeOffset.UtcNow;
    private readonly long _start = Stopwatch.GetTimestamp();

    public override long TimestampFrequency => Stopwatch.Frequency;

    public override long GetTimestamp() => (Stopwatch.GetTimestamp() - _start) * factor;

    public override DateTimeOffset GetUtcNow() => _startUtc + GetElapsedTime(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    private TimeSpan Shorten(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromTicks(Math.Max(time.Ticks / factor, 1));
}
