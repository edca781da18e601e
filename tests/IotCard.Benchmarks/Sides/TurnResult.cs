namespace IotCard.Benchmarks.Sides;

/// <summary>What a turn took.</summary>
/// <param name="Seconds">Its wall time, by the side's own clock.</param>
/// <param name="PeakBytes">The most managed memory that was in use, garbage not yet collected included; 0 where it was not watched.</param>
/// <param name="PeakBytesAfterCollection">The largest heap that a collection left behind.</param>
internal sealed record TurnResult(double Seconds, long PeakBytes = 0, long PeakBytesAfterCollection = 0);
