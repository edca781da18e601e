using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Credentials;

/// <summary>A clock on which short waits end at once, having advanced it; longer ones, such as timeouts, depend on the fake clock.</summary>
internal sealed class EagerClock(FakeTimeProvider clock) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime <= TimeSpan.Zero || dueTime > TimeSpan.FromSeconds(5))
        {
            return clock.CreateTimer(callback, state, dueTime, period);
        }

        clock.Advance(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }
}
