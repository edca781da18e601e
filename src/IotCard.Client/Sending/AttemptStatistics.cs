namespace IotCard.Client.Sending;

/// <summary>How often a row was sent, and since when it is under way.</summary>
internal sealed class AttemptStatistics(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    internal int Attempts { get; set; }

    internal RowOutcome Complete(RowOutcome outcome) =>
        outcome with { Attempts = Attempts, Elapsed = WholeMicroseconds(clock.GetElapsedTime(_start)), CompletedAt = clock.GetUtcNow() };

    // As a journal keeps it, so that a result is the same when it is read back.
    private static TimeSpan WholeMicroseconds(TimeSpan time) => TimeSpan.FromTicks(time.Ticks - (time.Ticks % 10));
}
