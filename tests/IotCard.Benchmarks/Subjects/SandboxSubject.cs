using IotCard.Sandbox;
using IotCard.Sandbox.Faults;

namespace IotCard.Benchmarks.Subjects;

/// <summary>
/// The sandbox that every subject sends to. An iteration has a sandbox of its own, with a fresh fleet and no nonces, in the
/// one process; it is silent and keeps counts only, since a line for each request would be measured too.
/// </summary>
internal sealed class SandboxSubject : IAsyncDisposable
{
    private SandboxService? _service;

    internal async Task<SandboxReport> ObeyAsync(SandboxOrder order)
    {
        switch (order.Task)
        {
            case SandboxTask.Start:
                await DisposeAsync();
                _service = await StartAsync(order);
                Garbage.Settle();
                break;
            case SandboxTask.AwaitOutage:
                await _service!.WaitForOutageStartAsync(CancellationToken.None);
                break;
            case SandboxTask.EndOutage:
                await _service!.SetOutageAsync(null);
                break;
        }

        var report = new SandboxReport(_service!.Endpoint, _service.Log.Executed, _service.Log.PeakInFlight);
        if (order.Task == SandboxTask.Stop)
        {
            await DisposeAsync();
        }

        return report;
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is { } service)
        {
            _service = null;
            await service.DisposeAsync();
        }
    }

    private static Task<SandboxService> StartAsync(SandboxOrder order) => SandboxService.StartAsync(
        new SandboxOptions
        {
            Fleet = IotCard.Sandbox.Cards.Fleet.Generate(order.Cards),
            Latency = TimeSpan.FromMilliseconds(order.LatencyMilliseconds),
            Outage = order.OutageAfter == 0 ? null : new Outage { Kind = OutageKind.Refuse, AfterExecuted = order.OutageAfter },
            Clock = new SpreadClock(),
            CountsOnly = true,
        },
        CancellationToken.None);
}
