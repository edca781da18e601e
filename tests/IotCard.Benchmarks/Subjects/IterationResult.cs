namespace IotCard.Benchmarks.Subjects;

/// <summary>The result of an iteration.</summary>
/// <param name="Seconds">The wall time by the subject's own clock.</param>
/// <param name="CpuSeconds">The processor time of the subject's whole process, user and system.</param>
/// <param name="PeakBytes">The peak of the managed memory in use, including garbage not yet collected; 0 if not measured.</param>
/// <param name="PeakBytesAfterCollection">The largest heap after a collection.</param>
/// <param name="ThreadSeconds">The processor time by thread name; null if not measured.</param>
internal sealed record IterationResult(
    double Seconds, double CpuSeconds = 0, long PeakBytes = 0, long PeakBytesAfterCollection = 0, IReadOnlyDictionary<string, double>? ThreadSeconds = null);
