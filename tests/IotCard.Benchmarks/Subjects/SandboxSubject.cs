using IotCard.Sandbox;

namespace IotCard.Benchmarks.Subjects;

/// <summary>
/// The sandbox that every subject sends to. A iteration has a sandbox of its own, with a fresh fleet and no nonces, in the one
/// process; it is silent and keeps counts only, since a line for each request would be measured too.
/// </summary>
internal sealed class SandboxSubject : IAsyncDisposable
{
    private SandboxService? _service;

    internal async Task<SandboxReport> PlayAsync(SandboxOrder order)
    {
        var (executed, peakInFlight) = _service is { } ended ? (ended.Log.Executed, ended.Log.PeakInFlight) : (0, 0);
        await DisposeAsync();
        if (order.Cards > 0)
        {
            _service = await SandboxService.StartAsync(
                new SandboxOptions
                {
                    Fleet = IotCard.Sandbox.Cards.Fleet.Generate(order.Cards),
                    Latency = TimeSpan.FromMilliseconds(order.LatencyMilliseconds),
                    CountsOnly = true,
                },
                CancellationToken.None);
            Garbage.Settle();
        }

        return new SandboxReport(_service?.Endpoint, executed, peakInFlight);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is { } service)
        {
            _service = null;
            await service.DisposeAsync();
        }
    }
}
