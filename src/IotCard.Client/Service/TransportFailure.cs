using IotCard.Client.Rules;
#if !NET
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
#endif

namespace IotCard.Client.Service;

/// <summary>
/// Distinguishes an attempt that never left this machine from one whose response was lost. If the platform leaves a
/// doubt, the response counts as lost: a request that may have arrived must not be signed anew.
/// </summary>
internal static class TransportFailure
{
    internal static AttemptResult ToResult(Exception failure, bool sendingBegan, bool timedOut)
    {
        if (!sendingBegan && ConnectCode(failure, timedOut) is { } code)
        {
            return new AttemptResult { Status = AttemptStatus.NotConnected, Code = code, Cause = failure };
        }

        return new AttemptResult
        {
            Status = AttemptStatus.Lost,
            Code = timedOut ? AttemptCode.ResponseTimeout : AttemptCode.ConnectionLost,
            Cause = failure,
        };
    }

#if NET
    // SocketsHttpHandler asks for the body only once it has a connection; until then nothing has been sent.
    private static string? ConnectCode(Exception failure, bool timedOut) =>
        failure is HttpRequestException request
            ? request.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => AttemptCode.NameNotResolved,
                HttpRequestError.SecureConnectionError => AttemptCode.TlsFailed,
                HttpRequestError.ProxyTunnelError => AttemptCode.ProxyFailed,
                _ => AttemptCode.ConnectionFailed,
            }
            : timedOut || failure is OperationCanceledException ? AttemptCode.ConnectTimeout : AttemptCode.ConnectionFailed;
#else
    // .NET Framework never asks for an empty body, so only its own statement is certain.
    private static string? ConnectCode(Exception failure, bool timedOut)
    {
        _ = timedOut;
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                // A connection that broke later may have an unreachable host as its cause; the request had been sent by then.
                case WebException { Status: not (
                    WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure
                    or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.ConnectFailure) }:
                    return null;
                case WebException { Status: WebExceptionStatus.NameResolutionFailure }:
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return AttemptCode.NameNotResolved;
                case WebException { Status: WebExceptionStatus.ProxyNameResolutionFailure }:
                    return AttemptCode.ProxyFailed;
                case WebException { Status: WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure }:
                case AuthenticationException:
                    return AttemptCode.TlsFailed;
                case WebException { Status: WebExceptionStatus.ConnectFailure }:
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return AttemptCode.ConnectionFailed;
            }
        }

        return null;
    }
#endif
}
