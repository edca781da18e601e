namespace IotCard.Benchmarks.Subjects;

/// <summary>The response of the sandbox's process.</summary>
/// <param name="Endpoint">The sandbox's endpoint; null once it is stopped.</param>
/// <param name="Executed">How many operations it executed.</param>
/// <param name="PeakInFlight">The maximum number of requests at once.</param>
internal sealed record SandboxReport(Uri? Endpoint, long Executed, int PeakInFlight);
