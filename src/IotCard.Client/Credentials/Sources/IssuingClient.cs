using System.Net;
using System.Text;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Sends requests to the services that issue credentials, each within a time limit of the context's clock.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The transport is not its own; without it nothing is left to dispose.")]
internal sealed class IssuingClient
{
    /// <summary>In bytes. The answers are a few kilobytes.</summary>
    private const int LongestResponse = 1024 * 1024;

    private static readonly Lazy<HttpMessageHandler> SharedTransport = new(static () => NewTransport(useProxy: true));
    private static readonly Lazy<HttpMessageHandler> SharedMetadataTransport = new(static () => NewTransport(useProxy: false));

    private readonly HttpClient _http;
    private readonly TimeProvider _clock;

    private IssuingClient(HttpMessageHandler transport, TimeProvider clock)
    {
        _clock = clock;
        _http = new HttpClient(transport, disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    internal static IssuingClient For(CredentialContext context) =>
        new(context.Transport ?? SharedTransport.Value, context.Clock);

    internal static IssuingClient ForMetadata(CredentialContext context) =>
        new(context.MetadataTransport ?? SharedMetadataTransport.Value, context.Clock);

    /// <summary>Sends a request and reads the whole answer, whatever its status.</summary>
    /// <param name="request">The request; it is disposed.</param>
    /// <param name="limit">The time limit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CredentialException"><c>ServiceUnreachable</c>: no answer, or none in time.</exception>
    internal async Task<IssuingResponse> SendAsync(HttpRequestMessage request, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var _ = request;
        var authority = request.RequestUri!.Authority;
        using var late = _clock.CreateTimeout(limit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token)
                .ConfigureAwait(false);
            var body = await response.Content.ReadAtMostAsync(LongestResponse, either.Token).ConfigureAwait(false);
            return body is { } bytes
                ? new IssuingResponse(response.StatusCode, Encoding.UTF8.GetString(bytes.ToArray()))
                : throw new CredentialException(
                    CredentialErrorCode.InvalidResponse, new LocalizableMessage("ResponseTooLong", $"{authority} answered with more than a mebibyte."));
        }
        catch (Exception e) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested && e is not CredentialException)
        {
            throw Unreachable(new LocalizableMessage("NoResponseInTime", $"{authority} did not answer within {limit.TotalSeconds:0.###} seconds."));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unreachable(new LocalizableMessage("Unreached", $"{authority} could not be reached: {e.GetBaseException().Message}"), e);
        }
    }

    private static CredentialException Unreachable(LocalizableMessage words, Exception? cause = null) =>
        new(CredentialErrorCode.ServiceUnreachable, words, cause);

    private static HttpClientHandler NewTransport(bool useProxy) =>
        new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = useProxy };
}
