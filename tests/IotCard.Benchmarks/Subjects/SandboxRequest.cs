namespace IotCard.Benchmarks.Subjects;

/// <summary>A request to the sandbox's process.</summary>
/// <param name="Task">The task.</param>
/// <param name="Cards">The number of cards in a new sandbox.</param>
/// <param name="LatencyMilliseconds">How long each response is held back.</param>
/// <param name="OutageAfter">The number of operations after which an outage begins; 0 for no outage.</param>
/// <param name="Certificate">The certificate to serve it with; null for plain HTTP.</param>
internal sealed record SandboxRequest(
    SandboxTask Task, int Cards = 0, int LatencyMilliseconds = 0, int OutageAfter = 0, ServiceCertificate? Certificate = null);
