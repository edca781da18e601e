using System.Globalization;
using IotCard.Client.Credentials;

namespace IotCard.Client.Signing;

/// <summary>Signs calls, by either method. Stateless: the same input gives the same request to the letter.</summary>
public sealed class RequestSigner
{
    private readonly Func<ApiRequest, Credential, string, DateTimeOffset, SignedRequest> _scheme;

    /// <summary>Makes a signer of one method.</summary>
    /// <param name="method">The signature method.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method is none of the two.</exception>
    public RequestSigner(SignatureMethod method)
    {
        Method = method;
        _scheme = method switch
        {
            SignatureMethod.Acs3HmacSha256 => Acs3HmacSha256.Sign,
            SignatureMethod.HmacSha1 => HmacSha1.Sign,
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a signature method."),
        };
    }

    /// <summary>The signature method.</summary>
    public SignatureMethod Method { get; }

    /// <summary>Signs a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="credential">Whose call it is.</param>
    /// <param name="nonce">A text that no other call carries; the gateway refuses a second arrival of it for 15 minutes.</param>
    /// <param name="timestamp">The time of the call; cut to whole seconds. The gateway takes 15 minutes to either side.</param>
    /// <returns>The signed call, to be sent as often as needed.</returns>
    public SignedRequest Sign(ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(nonce);

        var seconds = DateTimeOffset.FromUnixTimeSeconds(timestamp.ToUnixTimeSeconds());
        return _scheme(call, credential, nonce, seconds);
    }

    internal static string Format(DateTimeOffset timestamp) =>
        timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The sorted, encoded form that both methods sign: <c>name=value</c> joined by <c>&amp;</c>.</summary>
    internal static string Canonicalize(IEnumerable<KeyValuePair<string, string>> sorted) =>
        string.Join("&", sorted.Select(static p => PercentEncoding.Encode(p.Key) + "=" + PercentEncoding.Encode(p.Value)));
}
