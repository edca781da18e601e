namespace IotCard.Client.Sending;

/// <summary>The time as the gateway has it: this machine's, corrected once the gateway has refused a timestamp. Safe for concurrent use.</summary>
/// <param name="clock">This machine's clock.</param>
public sealed class ServerClock(TimeProvider clock)
{
    /// <summary>How far the gateway's clock may be from this machine's; a response that says more is not believed.</summary>
    public static readonly TimeSpan MaximumOffset = TimeSpan.FromHours(24);

    private long _offsetTicks;

    /// <summary>How far the gateway's clock is ahead of this machine's; zero until a timestamp was refused.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    internal DateTimeOffset Now => clock.GetUtcNow() + Offset;

    /// <summary>Learns from the gateway what time it is.</summary>
    /// <returns>False where it is too far off to be believed.</returns>
    internal bool TryLearn(DateTimeOffset serverTime) => TrySet(serverTime - clock.GetUtcNow());

    /// <summary>Takes over an offset, as an earlier run has learnt it.</summary>
    /// <returns>False where it is too large to be believed.</returns>
    internal bool TrySet(TimeSpan offset)
    {
        if (offset.Duration() > MaximumOffset)
        {
            return false;
        }

        Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
        return true;
    }
}
