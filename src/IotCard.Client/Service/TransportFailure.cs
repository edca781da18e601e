using IotCard.Client.Rules;
#if !NET
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
#endif
using IotCard.Client.Http;

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

    private static string? ConnectCode(Exception failure, bool timedOut) =>
        !IsCertain(failure) ? null : TransportError.Classify(failure) switch
        {
            TransportErrorKind.Name => AttemptCode.NameNotResolved,
            TransportErrorKind.Tls => AttemptCode.TlsFailed,
            TransportErrorKind.Proxy => AttemptCode.ProxyFailed,
            _ when failure is HttpRequestException => AttemptCode.ConnectionFailed,
            _ => timedOut || failure is OperationCanceledException ? AttemptCode.ConnectTimeout : AttemptCode.ConnectionFailed,
        };

#if NET
    // SocketsHttpHandler asks for the content only once it has a connection; until then nothing has been sent.
    private static bool IsCertain(Exception _) => true;
#else
    // .NET Framework never asks for an empty content, so only its own statement is certain.
    private static bool IsCertain(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                // A connection that broke later may have an unreachable host as its cause; the request had been sent by then.
                case WebException said:
                    return said.Status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure
                        or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.ConnectFailure;
                case AuthenticationException:
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData
                    or SocketError.ConnectionRefused or SocketError.HostUnreachable or SocketError.NetworkUnreachable }:
                    return true;
            }
        }

        return false;
    }
#endif
}
