namespace IotCard.Client.Sending;

/// <summary>The time as the gateway has it: this machine's, corrected once the gateway has refused a timestamp. Safe for concurrent use.</summary>
/// <param name="clock">This machine's clock.</param>
public sealed class ServerClock(TimeProvider clock)
{
    private long _offsetTicks;

    /// <summary>How far the gateway's clock is ahead of this machine's; zero until a timestamp was refused.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    internal DateTimeOffset Now => clock.GetUtcNow() + Offset;

    /// <summary>Takes the gateway's word for what time it is.</summary>
    internal void Learn(DateTimeOffset serverTime) =>
        Interlocked.Exchange(ref _offsetTicks, (serverTime - clock.GetUtcNow()).Ticks);
}
