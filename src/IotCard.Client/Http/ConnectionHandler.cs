using System.Net;
#if !NET
using System.Net.Security;
using System.Security.Authentication;
#endif

namespace IotCard.Client.Http;

/// <summary>
/// Makes the handlers that carry requests with secrets: no redirects, as they would carry them elsewhere; no cookies; a
/// proxy only for what it cannot read.
/// </summary>
internal static class ConnectionHandler
{
#if NET
    internal static SocketsHttpHandler Create(Uri? proxy = null, ICredentials? proxyCredential = null, bool useProxy = true) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        Proxy = useProxy ? new ConnectionProxy(proxy, proxyCredential) : null,

        // What is signed is what is sent: no headers for tracing, and no steps to add them.
        ActivityHeadersPropagator = null,
    };
#else
    internal static HttpClientHandler Create(Uri? proxy = null, ICredentials? proxyCredential = null, bool useProxy = true) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        Proxy = useProxy ? new ConnectionProxy(proxy, proxyCredential) : null,

        // .NET Framework takes both from the whole process, where another script may have turned them off. The check is
        // the platform's own: a callback of the handler's only keeps that of the process from being asked.
        SslProtocols = SslProtocols.Tls12,
#pragma warning disable MA0039
        ServerCertificateCustomValidationCallback = static (_, _, _, errors) => errors == SslPolicyErrors.None,
#pragma warning restore MA0039
    };
#endif
}
