namespace IotCard.Benchmarks.Subjects;

/// <summary>What the sandbox's process answers.</summary>
/// <param name="Endpoint">Where the new sandbox listens; null where none was ordered.</param>
/// <param name="Executed">How many operations the one before carried out.</param>
/// <param name="PeakInFlight">The most requests that it had at once.</param>
internal sealed record SandboxReport(Uri? Endpoint, long Executed, int PeakInFlight);
