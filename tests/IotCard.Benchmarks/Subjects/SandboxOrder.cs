namespace IotCard.Benchmarks.Subjects;

/// <summary>Asks the sandbox's process for a fresh sandbox, in the place of the one before.</summary>
/// <param name="Cards">How many cards its fleet has; 0 = no new one, only the account of the one before.</param>
/// <param name="LatencyMilliseconds">How long every answer is held back.</param>
internal sealed record SandboxOrder(int Cards, int LatencyMilliseconds = 0);
