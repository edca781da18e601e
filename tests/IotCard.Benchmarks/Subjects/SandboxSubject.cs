using IotCard.Sandbox;
using IotCard.Sandbox.Faults;

namespace IotCard.Benchmarks.Subjects;

/// <summary>
/// The sandbox that all subjects send to. Each iteration has its own, with a new fleet and no nonces, in the same process.
/// It only counts, because logging each request would be measured too.
/// </summary>
internal sealed class SandboxSubject : IAsyncDisposable
{
    private SandboxService? _service;
    private TlsRelay? _relay;

    internal async Task<SandboxReport> HandleAsync(SandboxRequest request)
    {
        switch (request.Task)
        {
            case SandboxTask.Start:
                await DisposeAsync();
                _service = await StartAsync(request);
                _relay = request.Certificate is { } certificate ? new TlsRelay(_service.Endpoint, certificate) : null;
                Garbage.Settle();
                break;
            case SandboxTask.AwaitOutage:
                await _service!.WaitForOutageStartAsync(CancellationToken.None);
                break;
            case SandboxTask.EndOutage:
                await _service!.SetOutageAsync(null);
                break;
        }

        var report = new SandboxReport(_relay?.Endpoint ?? _service!.Endpoint, _service!.Log.Executed, _service.Log.PeakInFlight);
        if (request.Task == SandboxTask.Stop)
        {
            await DisposeAsync();
        }

        return report;
    }

    public async ValueTask DisposeAsync()
    {
        _relay?.Dispose();
        _relay = null;
        if (_service is { } service)
        {
            _service = null;
            await service.DisposeAsync();
        }
    }

    private static Task<SandboxService> StartAsync(SandboxRequest request) => SandboxService.StartAsync(
        new SandboxOptions
        {
            Fleet = IotCard.Sandbox.Cards.Fleet.Generate(request.Cards),
            Latency = TimeSpan.FromMilliseconds(request.LatencyMilliseconds),
            Outage = request.OutageAfter == 0 ? null : new Outage { Kind = OutageKind.Refuse, AfterExecuted = request.OutageAfter },
            Clock = new SpreadClock(),
            CountsOnly = true,
        },
        CancellationToken.None);
}
