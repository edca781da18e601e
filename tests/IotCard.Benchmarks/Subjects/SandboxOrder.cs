namespace IotCard.Benchmarks.Subjects;

/// <summary>What the sandbox's process is to do.</summary>
/// <param name="Task">What.</param>
/// <param name="Cards">How many cards the fleet of a new sandbox has.</param>
/// <param name="LatencyMilliseconds">How long it holds every response back.</param>
/// <param name="OutageAfter">After how many operations it goes out of reach, until told; 0 = never.</param>
internal sealed record SandboxOrder(SandboxTask Task, int Cards = 0, int LatencyMilliseconds = 0, int OutageAfter = 0);
