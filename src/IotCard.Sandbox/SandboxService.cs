using System.Net;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Service;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox;

/// <summary>A stand-in for the service, listening on loopback. Stops when disposed.</summary>
public sealed class SandboxService : IAsyncDisposable
{
    private readonly SandboxListener _listener;
    private readonly OutageSwitch _outage;
    private readonly CancellationTokenSource _stopping;
    private readonly SandboxApplication _application;
    private int _disposed;

    private SandboxService(
        SandboxListener listener, OutageSwitch outage, CancellationTokenSource stopping, SandboxApplication application, Fleet fleet, ServiceLog log)
    {
        _listener = listener;
        _outage = outage;
        _stopping = stopping;
        _application = application;
        Fleet = fleet;
        Log = log;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:N/</c>.</summary>
    public Uri Endpoint => _listener.Endpoint;

    /// <summary>The cards, as they are now.</summary>
    public Fleet Fleet { get; }

    /// <summary>What arrived and what was executed.</summary>
    public ServiceLog Log { get; }

    /// <summary>
    /// The faults from now on. Setting a plan, even the same one, restarts its scripts and its arrival counts;
    /// requests in flight keep their fault.
    /// </summary>
    /// <exception cref="ArgumentException">A rate, count or time is out of range, or a scripted fault has a moment that its kind does not.</exception>
    public FaultPlan Faults
    {
        get => _application.Faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Error() is { } error)
            {
                throw new ArgumentException(error, nameof(value));
            }

            _application.Faults = value;
        }
    }

    /// <summary>The outage that is set, whether or not it has begun; null where none is, or where it is over.</summary>
    public Outage? Outage => _outage.Current;

    /// <summary>Whether an outage keeps requests from the service now.</summary>
    public bool IsOut => _outage.IsActive;

    /// <summary>Ends the outage that is set, if any, and sets another.</summary>
    /// <param name="outage">The outage; null ends the one that is set.</param>
    /// <returns>
    /// A task that completes when requests meet the new state: with an outage that begins later, when it is set; with
    /// <see cref="OutageKind.Refuse"/>, when connections are refused or accepted again.
    /// </returns>
    /// <exception cref="ArgumentException">The outage contradicts itself.</exception>
    public Task SetOutageAsync(Outage? outage) =>
        outage?.Error() is { } error ? throw new ArgumentException(error, nameof(outage)) : _outage.SetAsync(outage);

    /// <summary>Waits until the outage that is set has begun; does not wait where none is set.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The wait.</returns>
    public Task WaitForOutageStartAsync(CancellationToken cancellationToken) => _outage.Started.WaitAsync(cancellationToken);

    /// <summary>
    /// Waits until the outage that is set is over; does not wait where none is set. One that ends by time is noticed with the
    /// next request, or by asking <see cref="IsOut"/>, unless it refuses connections.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The wait.</returns>
    public Task WaitForOutageEndAsync(CancellationToken cancellationToken) => _outage.Ended.WaitAsync(cancellationToken);

    /// <summary>Starts a service; when the task completes, it listens.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running service.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or an AccessKey ID occurs twice.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SandboxService> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Latency, TimeSpan.Zero, nameof(options));
        if (options.Faults.Error() is { } error)
        {
            throw new ArgumentException(error, nameof(options));
        }

        if (options.Outage?.Error() is { } outageError)
        {
            throw new ArgumentException(outageError, nameof(options));
        }

        if (options.Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Port, "A port is a number from 0 to 65535.");
        }

        var log = new ServiceLog(options.CountsOnly);
        var stopping = new CancellationTokenSource();
        var listener = new SandboxListener();
        var outage = new OutageSwitch(options.Clock, log, listener);
        try
        {
            var application = new SandboxApplication(options, log, outage, stopping.Token);
            await listener.ListenAsync(application, options.Port, cancellationToken);
            await outage.SetAsync(options.Outage);
            return new SandboxService(listener, outage, stopping, application, options.Fleet, log);
        }
        catch
        {
            await listener.DisposeAsync();
            outage.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening. Pending responses are abandoned and their connections closed.</summary>
    /// <returns>A task that completes when the port is free again.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _listener.DisposeAsync();
        await _outage.SetAsync(null);
        _outage.Dispose();
        _stopping.Dispose();
    }
}
