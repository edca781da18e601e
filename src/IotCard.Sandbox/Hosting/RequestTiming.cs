namespace IotCard.Sandbox.Hosting;

/// <summary>The time of a request.</summary>
/// <param name="Clock">The sandbox's clock.</param>
/// <param name="Latency">The delay of every response.</param>
/// <param name="Stopping">Canceled when the sandbox stops, so that nothing pending keeps it.</param>
internal sealed record RequestTiming(TimeProvider Clock, TimeSpan Latency, CancellationToken Stopping);
