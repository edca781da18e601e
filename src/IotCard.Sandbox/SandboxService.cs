using System.Net;
using IotCard.Sandbox.Admin;
using IotCard.Sandbox.Audit;
using IotCard.Sandbox.Cards;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Hosting;
using IotCard.Sandbox.Injection;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Service;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox;

/// <summary>A stand-in for the service, listening on loopback. Stops when disposed.</summary>
public sealed class SandboxService : IAsyncDisposable
{
    private readonly SandboxListener _listener;
    private readonly OutageSwitch _outage;
    private readonly CancellationTokenSource _stopping;
    private readonly FaultSwitch _faults;
    private readonly AuditTrail _audit;
    private int _disposed;

    private SandboxService(
        SandboxListener listener, OutageSwitch outage, CancellationTokenSource stopping, FaultSwitch faults, AuditTrail audit, AdminToken token, Fleet fleet, ServiceLog log)
    {
        _listener = listener;
        _outage = outage;
        _stopping = stopping;
        _faults = faults;
        _audit = audit;
        AdminToken = token.Value;
        Fleet = fleet;
        Log = log;
    }

    /// <summary>The address: <c>http://127.0.0.1:N/</c>.</summary>
    public Uri Endpoint => _listener.Endpoint;

    /// <summary>The value of the header <c>x-sandbox-token</c> that the calls under <c>/sandbox/</c> need.</summary>
    public string AdminToken { get; }

    /// <summary>The cards in their current state.</summary>
    public Fleet Fleet { get; }

    /// <summary>What has arrived and what was executed.</summary>
    public ServiceLog Log { get; }

    /// <summary>
    /// The current faults. Setting a plan, even the same one, restarts its scripts and arrival counts; requests in
    /// flight keep their fault.
    /// </summary>
    /// <exception cref="ArgumentException">A rate, count or time is out of range, or a scripted fault has a moment that its kind does not support.</exception>
    public FaultPlan Faults
    {
        get => _faults.Plan;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Error() is { } error)
            {
                throw new ArgumentException(error, nameof(value));
            }

            _faults.Plan = value;
        }
    }

    /// <summary>How the audit trail records operations; a change applies to those already recorded too.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public AuditTrailOptions AuditTrail
    {
        get => _audit.Options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Error() is { } error)
            {
                throw new ArgumentException(error, nameof(value));
            }

            _audit.Options = value;
        }
    }

    /// <summary>The current outage, whether or not it has begun; null if there is none, or it is over.</summary>
    public Outage? Outage => _outage.Current;

    /// <summary>Whether an outage now blocks requests.</summary>
    public bool IsOut => _outage.IsActive;

    /// <summary>Ends the current outage, if any, and sets another.</summary>
    /// <param name="outage">The outage; null only ends the current one.</param>
    /// <returns>
    /// A task that completes when the new state applies to requests: with an outage that begins later, when it is set;
    /// with <see cref="OutageKind.Refuse"/>, when connections are refused or accepted again.
    /// </returns>
    /// <exception cref="ArgumentException">The outage is invalid.</exception>
    public Task SetOutageAsync(Outage? outage) =>
        outage?.Error() is { } error ? throw new ArgumentException(error, nameof(outage)) : _outage.SetAsync(outage);

    /// <summary>Waits until the current outage has begun; not at all if there is none.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The wait.</returns>
    public Task WaitForOutageStartAsync(CancellationToken cancellationToken) => _outage.Started.WaitAsync(cancellationToken);

    /// <summary>
    /// Waits until the current outage is over; not at all if there is none. An outage that ends by time is noticed with
    /// the next request, or by <see cref="IsOut"/>, unless it refuses connections.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The wait.</returns>
    public Task WaitForOutageEndAsync(CancellationToken cancellationToken) => _outage.Ended.WaitAsync(cancellationToken);

    /// <summary>Starts a service. It listens when the task completes.</summary>
    /// <param name="options">Its behavior.</param>
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

        if (options.AuditTrail.Error() is { } auditError)
        {
            throw new ArgumentException(auditError, nameof(options));
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
            var audit = new AuditTrail(options.AuditTrail, options.AccessKeys, options.Clock);
            var faults = new FaultSwitch(options.Faults, options.AccessKeys, options.Clock);
            var token = new AdminToken();
            var application = new SandboxApplication(
                new AdminCalls(token, faults, outage, audit, log),
                CreateProcessor(options, audit, log),
                faults,
                outage,
                log,
                new RequestTiming(options.Clock, options.Latency, stopping.Token),
                options.Output);
            await listener.ListenAsync(application, options.Port, cancellationToken);
            await outage.SetAsync(options.Outage);
            return new SandboxService(listener, outage, stopping, faults, audit, token, options.Fleet, log);
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

    private static RequestProcessor CreateProcessor(SandboxOptions options, AuditTrail audit, ServiceLog log)
    {
        var behavior = new ServiceBehavior
        {
            BusinessFailuresAsOk = options.BusinessFailuresAsOk,
            PublishedSampleMessage = options.PublishedSampleMessage,
            DeviceImei = options.DeviceImei,
            ClosedCardsNeedInstanceId = options.ClosedCardsNeedInstanceId,
            ClosedCard = options.ClosedCard,
            NamesMissingParameters = options.NamesMissingParameters,
        };
        return new RequestProcessor(
            new RequestValidator(options.AccessKeys, options.RequireSignedHost, options.Clock),
            new CardService(options.Fleet, behavior, log, options.Clock),
            audit,
            log,
            options.Clock);
    }
}
