namespace IotCard.Benchmarks.Subjects;

/// <summary>What a iteration took.</summary>
/// <param name="Seconds">Its wall time, by the subject's own clock.</param>
/// <param name="PeakBytes">The most managed memory that was in use, garbage not yet collected included; 0 where it was not watched.</param>
/// <param name="PeakBytesAfterCollection">The largest heap that a collection left behind.</param>
internal sealed record IterationResult(double Seconds, long PeakBytes = 0, long PeakBytesAfterCollection = 0);
