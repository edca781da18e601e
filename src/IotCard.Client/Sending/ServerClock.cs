namespace IotCard.Client.Sending;

/// <summary>The gateway's time: this machine's, corrected once the gateway has refused a timestamp. Safe for concurrent use.</summary>
/// <param name="clock">This machine's clock.</param>
internal sealed class ServerClock(TimeProvider clock)
{
    /// <summary>The maximum difference between the gateway's clock and this machine's; a response that claims more is not trusted.</summary>
    public static readonly TimeSpan MaximumOffset = TimeSpan.FromHours(24);

    private long _offsetTicks;

    /// <summary>How far the gateway's clock is ahead of this machine's; zero until a timestamp was refused.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    internal DateTimeOffset Now => clock.GetUtcNow() + Offset;

    /// <summary>Learns the gateway's time.</summary>
    /// <returns>False if it differs too much to be trusted.</returns>
    internal bool TryLearn(DateTimeOffset serverTime) => TrySet(serverTime - clock.GetUtcNow());

    /// <summary>Sets the offset that an earlier run learned.</summary>
    /// <returns>False if it is too large to be trusted.</returns>
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
