using System.Net.Http.Headers;
using IotCard.Client.Sanitizing;

namespace IotCard.Client.Signing;

/// <summary>
/// A signed call. It is immutable: each resend has the same nonce, timestamp and signature, which lets the gateway
/// refuse a second arrival. The user agent names the nonce too: it is the only value of the caller's own choice that the
/// account's audit trail is documented to record, so that a call whose response was lost can be found there.
/// </summary>
internal sealed class SignedRequest
{
    private static readonly string Product = "IotCard/" + typeof(SignedRequest).Assembly.GetName().Version?.ToString(3);

    private readonly NamedValue[] _headers;
    private readonly byte[] _body;
    private readonly MediaTypeHeaderValue? _contentType;

    internal SignedRequest(
        ApiRequest call,
        Uri uri,
        NamedValue[] headers,
        byte[] body,
        MediaTypeHeaderValue? contentType,
        string nonce,
        DateTimeOffset timestamp,
        SecretRedactor redactor)
    {
        _headers = [.. headers, new("Accept", "application/json"), new("User-Agent", $"{Product} (nonce {nonce})")];
        foreach (var header in _headers)
        {
            if (!HeaderValue.IsSafe(header.Value))
            {
                throw new ArgumentException($"The value of the header {header.Name} has a line end, a control character or a character outside ASCII in it.", nameof(headers));
            }
        }

        Call = call;
        Uri = uri;
        _body = body;
        _contentType = contentType;
        Nonce = nonce;
        Timestamp = timestamp;
        Redactor = redactor;
    }

    /// <summary>The call that was signed.</summary>
    public ApiRequest Call { get; }

    /// <summary>The nonce, which the gateway remembers for 15 minutes.</summary>
    public string Nonce { get; }

    /// <summary>The signed time, in whole seconds UTC; the gateway accepts it for 15 minutes.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>How far the signed time is ahead of this machine's clock; zero if no difference is known.</summary>
    internal TimeSpan ClockOffset { get; set; }

    internal Uri Uri { get; }

    /// <summary>Removes from a response the secrets that it may echo.</summary>
    internal SecretRedactor Redactor { get; }

    /// <summary>Creates the message to send. Each sending needs its own; all of them are the same, byte for byte.</summary>
    /// <returns>A message that the caller disposes.</returns>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Uri) { Content = new SignedContent(_body) };
        if (_contentType is not null)
        {
            message.Content.Headers.ContentType = _contentType;
        }

        foreach (var header in _headers)
        {
            message.Headers.TryAddWithoutValidation(header.Name, header.Value);
        }

        return message;
    }

    /// <summary>The action and the nonce; never the signature or the token.</summary>
    /// <returns>The action and the nonce.</returns>
    public override string ToString() => $"{Call.Action.Name} (nonce {Nonce})";
}
