using System.Net;

namespace IotCard.Client.Service;

/// <summary>Makes the handler that carries requests: kept-open connections, no redirects, no cookies.</summary>
public static class ServiceHandler
{
    /// <summary>How long a connection may take to come about; within it the TLS handshake too.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The most connections to the service at a time.</summary>
    public const int MaximumConnections = 256;

    /// <summary>Makes a handler. A redirect is never followed: it would send the operation a second time, elsewhere.</summary>
    /// <param name="proxy">The proxy; null for the system's.</param>
    /// <param name="proxyCredential">Who the proxy is told it is; null for nobody.</param>
    /// <returns>A handler for <see cref="ServiceTransport"/>.</returns>
    public static HttpMessageHandler Create(Uri? proxy = null, ICredentials? proxyCredential = null) =>
#if NET
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            Proxy = proxy is null ? null : new WebProxy(proxy) { Credentials = proxyCredential },
            DefaultProxyCredentials = proxyCredential,
            UseCookies = false,
            ConnectTimeout = ConnectTimeout,

            // What is signed is what is sent: no headers for tracing, and no steps to add them.
            ActivityHeadersPropagator = null,
            MaxConnectionsPerServer = MaximumConnections,

            // Ahead of the server's own limit, so that a request rarely meets a connection that is being closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };
#else
        new HttpClientHandler
        {
            AllowAutoRedirect = false,
            Proxy = proxy is null ? null : new WebProxy(proxy) { Credentials = proxyCredential },
            DefaultProxyCredentials = proxyCredential,
            UseCookies = false,
            MaxConnectionsPerServer = MaximumConnections,
        };
#endif
}
