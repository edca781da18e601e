using System.Net;
using System.Text;
using IotCard.Client.Http;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Sends requests to the services that issue credentials, each with a timeout on the context's clock.</summary>
internal sealed class IssuingClient
{
    /// <summary>In bytes. The responses have a few kilobytes.</summary>
    private const int MaximumResponseLength = 1024 * 1024;

    private static readonly Lazy<HttpMessageHandler> SharedTransport = new(static () => ConnectionHandler.Create());
    private static readonly Lazy<HttpMessageHandler> SharedMetadataTransport = new(static () => ConnectionHandler.Create(useProxy: false));

    // Most credentials are found without asking anyone.
    private readonly Lazy<HttpClient> _http;
    private readonly TimeProvider _clock;

    private IssuingClient(Func<HttpMessageHandler> transport, TimeProvider clock)
    {
        _clock = clock;
        _http = new Lazy<HttpClient>(() => new HttpClient(transport(), disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        });
    }

    internal static IssuingClient For(CredentialContext context) =>
        new(() => context.Transport ?? SharedTransport.Value, context.Clock);

    internal static IssuingClient ForMetadata(CredentialContext context) =>
        new(() => context.MetadataTransport ?? SharedMetadataTransport.Value, context.Clock);

    /// <summary>Sends a request and reads the whole response, whatever its status.</summary>
    /// <param name="request">The request; it is disposed.</param>
    /// <param name="limit">The timeout.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="CredentialException"><c>ServiceUnreachable</c>: no response, or not in time.</exception>
    internal async Task<IssuingResponse> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var _ = request;

        // .NET Framework would ask first whether to send the content, and wait for the answer.
        request.Headers.ExpectContinue = false;
        var authority = request.RequestUri!.Authority;
        using var late = _clock.CreateTimeout(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var response = await _http.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            var body = await response.Content.ReadAtMostAsync(MaximumResponseLength, either.Token).ConfigureAwait(false);
            return FindDefect(response, body) is { } defect
                ? throw new CredentialException(CredentialErrorCode.InvalidResponse, new LocalizableMessage("ResponseUnusable", $"{authority} responded with {defect}."))
                : new IssuingResponse(response.StatusCode, Encoding.UTF8.GetString(body!));
        }
        catch (Exception e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is not CredentialException)
        {
            throw Unreachable(new LocalizableMessage("NoResponseInTime", $"{authority} did not respond within {limit.TotalSeconds:0.###} seconds."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unreachable(new LocalizableMessage("Unreached", $"{authority} could not be reached: {Reason(e)}."), TransportError.FindShowable(e));
        }
    }

    /// <summary>What keeps a body from being read, whatever it says; null if it is plain text of a reasonable length.</summary>
    private static LocalizableMessage? FindDefect(HttpResponseMessage response, byte[]? body) =>
        body is null ? new LocalizableMessage("ResponseTooLong", $"more than 1 MiB")
        : response.Content.Headers.ContentEncoding.Count > 0 ? new LocalizableMessage("ResponseEncoded", $"a compressed or otherwise encoded body, which was not asked for")
        : body is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] ? new LocalizableMessage("ResponseWithMark", $"a byte order mark, where plain UTF-8 is expected")
        : null;

    private static CredentialException Unreachable(LocalizableMessage words, Exception? cause = null) =>
        new(CredentialErrorCode.ServiceUnreachable, words, cause) { IsTransient = true };

    /// <summary>Describes a failure in our own words: the platform's may quote a proxy's address with its password.</summary>
    private static LocalizableMessage Reason(Exception failure) => TransportError.Classify(failure) switch
    {
        TransportErrorKind.Name => new LocalizableMessage("NameUnresolved", $"its name could not be resolved"),
        TransportErrorKind.Tls => new LocalizableMessage("TlsUntrusted", $"the TLS handshake failed, or its certificate is not trusted"),
        TransportErrorKind.Proxy when TransportError.FindProxyStatus(failure) is { } status =>
            new LocalizableMessage("ProxyRefusedStatus", $"the proxy refused the connection (HTTP {(int)status})"),
        TransportErrorKind.Proxy => new LocalizableMessage("ProxyRefused", $"the proxy refused the connection"),
        _ => new LocalizableMessage("ConnectionRefused", $"the connection was refused or cut"),
    };
}
