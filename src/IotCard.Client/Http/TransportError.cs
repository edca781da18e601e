#if NET
using System.Globalization;
#endif
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace IotCard.Client.Http;

/// <summary>
/// Decides what may be shown of a platform exception. Its message may quote addresses, and with them a proxy's
/// password; the messages of socket and TLS exceptions come from the system and contain none. Of a proxy's refusal
/// only the status is shown.
/// </summary>
internal static class TransportError
{
    /// <summary>Finds the innermost exception that may be shown; null if there is none.</summary>
    internal static Exception? FindShowable(Exception? failure)
    {
        Exception? found = null;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            found = cause is SocketException or AuthenticationException ? cause : found;
        }

        return found switch
        {
            SocketException socket => new SocketException((int)socket.SocketErrorCode),
            AuthenticationException tls => new AuthenticationException(tls.Message),
            _ => FindProxyStatus(failure) is { } status ? new HttpRequestException($"HTTP {(int)status}") : null,
        };
    }

    /// <summary>The status with which a proxy refused to connect, such as 407 or 502; null if none did.</summary>
    internal static HttpStatusCode? FindProxyStatus(Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
#if NET
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
                    // The platform has it in the message only, as the last of its quoted parts.
                    return cause.Message.Split('\'') is [.., var quoted, _]
                        && int.TryParse(quoted, NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? (HttpStatusCode)status : null;
#else
                case WebException { Response: HttpWebResponse { StatusCode: >= HttpStatusCode.BadRequest and var status } }:
                    return status;
#endif
            }
        }

        return null;
    }

    /// <summary>The kind of a failure.</summary>
    internal static TransportErrorKind Classify(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
#if NET
                case HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError }:
                    return TransportErrorKind.Name;
                case HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError }:
                    return TransportErrorKind.Tls;
                case HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError }:
                    return TransportErrorKind.Proxy;
#endif
                case WebException { Status: WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.RequestProhibitedByProxy }:
                    return TransportErrorKind.Proxy;
                case WebException { Status: WebExceptionStatus.NameResolutionFailure }:
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return TransportErrorKind.Name;
                case WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure }:
                case AuthenticationException:
                    return TransportErrorKind.Tls;
            }
        }

        return TransportErrorKind.Connection;
    }
}
