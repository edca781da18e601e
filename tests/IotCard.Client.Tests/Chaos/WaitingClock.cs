using System.Diagnostics;
using IotCard.Client.Service;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Chaos;

/// <summary>
/// A clock that follows real time while any request is being processed, and runs ahead while all of them wait: for a
/// pause, or for a response that the sandbox holds back. Timeouts and pauses then cost a test little time, and no
/// request times out just because the machine is busy.
/// </summary>
internal sealed class WaitingClock : FakeTimeProvider, IDisposable
{
    private const int Speed = 100;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    // However late a tick comes, it counts for no more than this: a machine too busy to run this thread is too busy to respond.
    private static readonly TimeSpan MaximumTick = TimeSpan.FromMilliseconds(5);

    private readonly Thread _thread;
    private volatile ServiceLog? _log;
    private volatile bool _isDisposed;
    private int _inFlight;

    internal WaitingClock()
        : base(DateTimeOffset.UtcNow)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = nameof(WaitingClock) };
        _thread.Start();
    }

    /// <summary>Sets the sandbox that receives the requests; until then the clock follows real time.</summary>
    internal void Follow(ServiceLog log) => _log = log;

    /// <summary>Creates a handler whose requests the clock waits for.</summary>
    internal HttpMessageHandler CreateHandler() => new WatchedHandler(this, ServiceHandler.Create());

    public void Dispose()
    {
        _isDisposed = true;
        _thread.Join();
    }

    private void Run()
    {
        for (var last = Stopwatch.GetTimestamp(); !_isDisposed;)
        {
            Thread.Sleep(Tick);
            var now = Stopwatch.GetTimestamp();
            var elapsed = Stopwatch.GetElapsedTime(last, now);
            last = now;
            var isWaiting = _log is { } log && Volatile.Read(ref _inFlight) <= log.HeldBack;
            Advance((elapsed < MaximumTick ? elapsed : MaximumTick) * (isWaiting ? Speed : 1));
        }
    }

    private sealed class WatchedHandler(WaitingClock clock, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref clock._inFlight);
            try
            {
                var response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }
            finally
            {
                Interlocked.Decrement(ref clock._inFlight);
            }
        }
    }
}
