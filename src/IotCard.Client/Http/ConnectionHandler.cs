using System.Net;
#if !NET
using System.Net.Security;
using System.Security.Authentication;
#endif

namespace IotCard.Client.Http;

/// <summary>
/// Creates handlers for requests with secrets: no redirects, which would take them elsewhere; no cookies; a proxy only
/// for traffic it cannot read.
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

        // What is signed is what is sent: no tracing headers, and no steps to add them.
        ActivityHeadersPropagator = null,
    };
#else
    internal static HttpClientHandler Create(Uri? proxy = null, ICredentials? proxyCredential = null, bool useProxy = true) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = useProxy,
        Proxy = useProxy ? new ConnectionProxy(proxy, proxyCredential) : null,

        // .NET Framework takes both from process-wide settings, which another script may have turned off. The
        // validation is the platform's own: a callback of the handler only prevents a process-wide one from being
        // called.
        SslProtocols = SslProtocols.Tls12,
#pragma warning disable MA0039
        ServerCertificateCustomValidationCallback = static (_, _, _, errors) => errors == SslPolicyErrors.None,
#pragma warning restore MA0039
    };
#endif
}
