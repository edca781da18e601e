using System.Globalization;

namespace IotCard.Client.Signing;

/// <summary>Signs calls, by either method. The same input yields the same request, byte for byte. Safe for concurrent use.</summary>
internal sealed class RequestSigner
{
    private static volatile SignedTime? _lastTime;

    private readonly Func<ApiRequest, Credential, string, DateTimeOffset, SignedRequest> _scheme;

    /// <summary>Creates a signer.</summary>
    /// <param name="method">The signature method.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method is neither of the two.</exception>
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
    /// <param name="credential">The credential to sign with.</param>
    /// <param name="nonce">A text that no other call uses; the gateway refuses a repetition for 15 minutes.</param>
    /// <param name="timestamp">The time of the call, truncated to whole seconds. The gateway accepts 15 minutes either way.</param>
    /// <returns>The signed call, which may be sent any number of times.</returns>
    public SignedRequest Sign(ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentNullException.ThrowIfNull(nonce);

        var seconds = DateTimeOffset.FromUnixTimeSeconds(timestamp.ToUnixTimeSeconds());
        return _scheme(call, credential, nonce, seconds);
    }

    /// <summary>Formats a time as both methods sign it: <c>yyyy-MM-ddTHH:mm:ssZ</c>. All calls of a second share one text.</summary>
    internal static string Format(DateTimeOffset timestamp)
    {
        var last = _lastTime;
        if (last is null || last.Timestamp != timestamp)
        {
            _lastTime = last = new SignedTime(timestamp, timestamp.UtcDateTime.ToString("s", CultureInfo.InvariantCulture) + "Z");
        }

        return last.Text;
    }

    /// <summary>Sorts parameters as both methods sign them: ordinally by name.</summary>
    internal static NamedValue[] Sort(NamedValue[] parameters)
    {
        Array.Sort(parameters, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return parameters;
    }

    /// <summary>Writes sorted parameters in the form that both methods sign: <c>name=value</c>, encoded, joined by <c>&amp;</c>.</summary>
    internal static void WriteCanonical(ByteWriter to, IReadOnlyList<NamedValue> sorted)
    {
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i > 0)
            {
                to.Write((byte)'&');
            }

            to.WriteEncoded(sorted[i].Name).Write((byte)'=').WriteEncoded(sorted[i].Value);
        }
    }

    /// <summary>Returns sorted parameters in the form that both methods sign.</summary>
    internal static string Canonicalize(IReadOnlyList<NamedValue> sorted)
    {
        using var canonical = new ByteWriter();
        WriteCanonical(canonical, sorted);
        return canonical.ToText();
    }

    private sealed record SignedTime(DateTimeOffset Timestamp, string Text);
}
