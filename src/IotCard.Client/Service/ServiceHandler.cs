using System.Net;
using IotCard.Client.Http;

namespace IotCard.Client.Service;

/// <summary>Creates the handler for requests to the service: kept-open connections, no redirects, no cookies.</summary>
public static class ServiceHandler
{
    /// <summary>The time limit for making a connection, including the TLS handshake.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The maximum number of connections to the service.</summary>
    public const int MaximumConnections = 256;

    /// <summary>Creates a handler. It never follows a redirect, which would send the operation a second time, elsewhere.</summary>
    /// <param name="proxy">The proxy for https to other machines; null for the system's. Its userinfo is its credential.</param>
    /// <param name="proxyCredential">The credential for the proxy; null for that of its address or the system's.</param>
    /// <returns>A handler for <see cref="ServiceTransport"/>.</returns>
    public static HttpMessageHandler Create(Uri? proxy = null, ICredentials? proxyCredential = null)
    {
        var handler = ConnectionHandler.Create(proxy, proxyCredential);
        handler.MaxConnectionsPerServer = MaximumConnections;
#if NET
        handler.ConnectTimeout = ConnectTimeout;

        // Shorter than the server's own limit, so that a request rarely meets a connection that is being closed.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        return handler;
#else
        return new ConnectionProbe(handler, handler.Proxy.GetProxy, ConnectionProbe.ConnectAsync, ConnectTimeout, TimeProvider.System);
#endif
    }
}
