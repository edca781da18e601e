namespace IotCard.Client.Sending;

/// <summary>How often a row was sent, and since when it is under way.</summary>
internal sealed class Tally(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    internal int Attempts { get; set; }

    internal RowOutcome Complete(RowOutcome outcome) =>
        outcome with { Attempts = Attempts, Elapsed = clock.GetElapsedTime(_start), CompletedAt = clock.GetUtcNow() };
}
