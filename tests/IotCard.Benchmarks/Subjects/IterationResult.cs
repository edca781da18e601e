namespace IotCard.Benchmarks.Subjects;

/// <summary>What an iteration took.</summary>
/// <param name="Seconds">Its wall time, by the subject's own clock.</param>
/// <param name="CpuSeconds">The processor time of the subject's whole process meanwhile, user and system.</param>
/// <param name="PeakBytes">The most managed memory that was in use, garbage not yet collected included; 0 where it was not watched.</param>
/// <param name="PeakBytesAfterCollection">The largest heap that a collection left behind.</param>
/// <param name="ThreadSeconds">The processor time by the names of threads; null where it was not looked at.</param>
internal sealed record IterationResult(
    double Seconds, double CpuSeconds = 0, long PeakBytes = 0, long PeakBytesAfterCollection = 0, IReadOnlyDictionary<string, double>? ThreadSeconds = null);
