using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace IotCard.Sandbox.Wire;

/// <summary>Listens on loopback, and can pause without losing its port.</summary>
internal sealed class SandboxListener : IAsyncDisposable
{
    // More than all parameters of any action together; the server itself answers a longer body with 413.
    private const int MaxBodyBytes = 64 * 1024;

    // Stopping is quick, whatever is in flight; a pause gives requests time to be answered.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseGrace = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _changing = new(1);
    private IHttpApplication<HttpContext>? _application;
    private KestrelServer? _server;
    private Socket? _placeholder;
    private bool _disposed;

    public Uri Endpoint { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts listening.</summary>
    /// <exception cref="IOException">The port is in use.</exception>
    public async Task ListenAsync(IHttpApplication<HttpContext> application, int port, CancellationToken cancellationToken)
    {
        _application = application;
        await StartAsync(port, boundSocket: null, cancellationToken);
        Endpoint = new Uri(_server!.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
    }

    /// <summary>
    /// Finishes the requests in flight, closes their connections and stops listening. The port stays reserved:
    /// connections to it are refused, and no other program can listen on it.
    /// </summary>
    public async Task StopListeningAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_disposed || _server is null)
            {
                return;
            }

            await StopServerAsync(PauseGrace);
            _placeholder = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _placeholder.Bind(new IPEndPoint(IPAddress.Loopback, Endpoint.Port));
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Listens again after <see cref="StopListeningAsync"/>.</summary>
    public async Task ListenAgainAsync()
    {
        await _changing.WaitAsync();
        try
        {
            if (_disposed || _server is not null)
            {
                return;
            }

            var bound = _placeholder;
            _placeholder = null;
            await StartAsync(Endpoint.Port, bound, CancellationToken.None);
        }
        finally
        {
            _changing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _changing.WaitAsync();
        try
        {
            _disposed = true;
            await StopServerAsync(StopGrace);
            _placeholder?.Dispose();
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task StartAsync(int port, Socket? boundSocket, CancellationToken cancellationToken)
    {
        // Kestrel without a host: no logging, no scopes, and no handling of the process's signals, which belong to
        // the host process.
        var server = CreateServer(port, boundSocket);
        try
        {
            await server.StartAsync(_application!, cancellationToken);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        _server = server;
    }

    private async Task StopServerAsync(TimeSpan graceTime)
    {
        if (_server is not { } server)
        {
            return;
        }

        _server = null;
        using (var grace = new CancellationTokenSource(graceTime))
        {
            await server.StopAsync(grace.Token);
        }

        server.Dispose();
    }

    private static KestrelServer CreateServer(int port, Socket? boundSocket)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = MaxBodyBytes;
        options.Limits.MinRequestBodyDataRate = null;
        options.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);

        var transportOptions = new SocketTransportOptions();
        if (boundSocket is not null)
        {
            transportOptions.CreateBoundListenSocket = _ => boundSocket;
        }

        var transport = new SocketTransportFactory(Options.Create(transportOptions), NullLoggerFactory.Instance);
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }
}
