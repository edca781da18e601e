namespace IotCard.Benchmarks.Subjects;

/// <summary>What the sandbox's process answers.</summary>
/// <param name="Endpoint">Where the sandbox listens; null once it is stopped.</param>
/// <param name="Executed">How many operations it executed.</param>
/// <param name="PeakInFlight">The most requests that it had at once.</param>
internal sealed record SandboxReport(Uri? Endpoint, long Executed, int PeakInFlight);
