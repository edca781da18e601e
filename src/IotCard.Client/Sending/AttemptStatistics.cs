using IotCard.Client.Rules;

namespace IotCard.Client.Sending;

/// <summary>How often a row was sent, and since when.</summary>
internal sealed class AttemptStatistics(TimeProvider clock)
{
    private readonly long _start = clock.GetTimestamp();

    internal int Attempts { get; set; }

    /// <summary>
    /// The time since the first attempt; zero if nothing was sent. In whole microseconds, as in a journal, so that a
    /// result reads back the same.
    /// </summary>
    internal TimeSpan Elapsed
    {
        get
        {
            var elapsed = Attempts == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_start);
            return TimeSpan.FromTicks(elapsed.Ticks - (elapsed.Ticks % 10));
        }
    }

    /// <summary>Adds the numbers to an outcome.</summary>
    internal RowOutcome Complete(RowOutcome outcome) =>
        outcome with { Attempts = Attempts, Elapsed = Elapsed, CompletedAt = clock.GetUtcNow() };
}
