namespace IotCard.Benchmarks.Subjects;

/// <summary>The result of an iteration.</summary>
/// <param name="Seconds">The wall time by the subject's own clock.</param>
/// <param name="CpuSeconds">The processor time of the subject's whole process, user and system.</param>
/// <param name="FirstSeconds">The time until the first result; 0 if not measured.</param>
/// <param name="HeldBytes">The managed memory held then, more than before; 0 if not measured.</param>
/// <param name="PeakBytes">The most managed memory, garbage included; 0 if not measured.</param>
internal sealed record IterationResult(double Seconds, double CpuSeconds = 0, double FirstSeconds = 0, long HeldBytes = 0, long PeakBytes = 0);
