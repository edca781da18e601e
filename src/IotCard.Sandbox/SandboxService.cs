using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IotCard.Sandbox;

/// <summary>A stand-in for the service, listening on loopback. Stops when disposed.</summary>
public sealed class SandboxService : IAsyncDisposable
{
    // More than every parameter of every action together; a longer body is answered 413 by the server itself.
    private const int MaxBodyBytes = 64 * 1024;

    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);

    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping;
    private readonly SandboxApplication _application;
    private int _disposed;

    private SandboxService(KestrelServer server, CancellationTokenSource stopping, SandboxApplication application, Uri endpoint, Fleet fleet, ServiceLog log)
    {
        _server = server;
        _stopping = stopping;
        _application = application;
        Endpoint = endpoint;
        Fleet = fleet;
        Log = log;
    }

    /// <summary>Where it listens: <c>http://127.0.0.1:N/</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>The cards it works on, as they are now.</summary>
    public Fleet Fleet { get; }

    /// <summary>What arrived, and what it carried out.</summary>
    public ServiceLog Log { get; }

    /// <summary>
    /// The faults from now on. Setting them, even to the same plan, starts its scripts and its counting of arrivals anew;
    /// requests under way keep the fault that they have.
    /// </summary>
    /// <exception cref="ArgumentException">A rate, count or time is out of range, or a scripted fault has a moment that its kind does not.</exception>
    public FaultPlan Faults
    {
        get => _application.Faults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Error() is { } error)
                throw new ArgumentException(error, nameof(value));
            _application.Faults = value;
        }
    }

    /// <summary>Starts a service; when the task completes, it listens.</summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running service.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or an AccessKey ID occurs twice.</exception>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<SandboxService> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Latency, TimeSpan.Zero, nameof(options));
        if (options.Faults.Error() is { } error)
            throw new ArgumentException(error, nameof(options));
        if (options.Port is < IPEndPoint.MinPort or > IPEndPoint.MaxPort)
            throw new ArgumentOutOfRangeException(nameof(options), options.Port, "A port is a number from 0 to 65535.");

        var log = new ServiceLog(options.CountsOnly);
        var stopping = new CancellationTokenSource();
        var server = CreateServer(options.Port);
        SandboxApplication application;
        try
        {
            // Kestrel by itself, without a host: no logging, no scopes, and no handling of the process's signals,
            // which belong to whoever runs the sandbox in process.
            application = new SandboxApplication(options, log, stopping.Token);
            await server.StartAsync(application, cancellationToken);
        }
        catch
        {
            server.Dispose();
            stopping.Dispose();
            throw;
        }

        var address = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new SandboxService(server, stopping, application, new Uri(address), options.Fleet, log);
    }

    /// <summary>Stops listening. Answers still held back are given up and their connections closed.</summary>
    /// <returns>A task that completes when the port is free again.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        await _stopping.CancelAsync();
        using (var grace = new CancellationTokenSource(StopGrace))
            await _server.StopAsync(grace.Token);
        _server.Dispose();
        _stopping.Dispose();
    }

    private static KestrelServer CreateServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MinRequestBodyDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }
}
