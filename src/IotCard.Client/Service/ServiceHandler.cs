using System.Net;
using IotCard.Client.Http;

namespace IotCard.Client.Service;

/// <summary>Makes the handler that carries requests to the service: connections are kept open, redirects are not followed, no cookies.</summary>
public static class ServiceHandler
{
    /// <summary>How long a connection may take to come about; within it the TLS handshake too.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The most connections to the service at a time.</summary>
    public const int MaximumConnections = 256;

    /// <summary>Makes a handler. A redirect is never followed: it would send the operation a second time, elsewhere.</summary>
    /// <param name="proxy">The proxy for https to other machines; null for the system's. Its userinfo is its credential.</param>
    /// <param name="proxyCredential">Who the proxy is told this is; null for who its address or the system says.</param>
    /// <returns>A handler for <see cref="ServiceTransport"/>.</returns>
    public static HttpMessageHandler Create(Uri? proxy = null, ICredentials? proxyCredential = null)
    {
        var handler = ConnectionHandler.Create(proxy, proxyCredential);
        handler.MaxConnectionsPerServer = MaximumConnections;
#if NET
        handler.ConnectTimeout = ConnectTimeout;

        // Ahead of the server's own limit, so that a request rarely meets a connection that is being closed.
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
#endif
        return handler;
    }
}
