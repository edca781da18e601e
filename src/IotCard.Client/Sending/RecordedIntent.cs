using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>What is recorded of a request before it is sent: enough to sign the same one again, and nothing secret.</summary>
/// <param name="Nonce">The request's nonce.</param>
/// <param name="Timestamp">The signed time, UTC, in whole seconds.</param>
/// <param name="Fingerprint">
/// The first 16 hexadecimal digits of the SHA-256 of everything that was signed: endpoint, parameters, AccessKey ID,
/// nonce and timestamp. If any of them differs, it is another request, which the gateway would not recognize.
/// </param>
internal sealed record RecordedIntent(string Nonce, DateTimeOffset Timestamp, string Fingerprint)
{
    private const int FingerprintLength = 16;

    /// <summary>Whether the fingerprint covers nonce and timestamp too, which it does not in format 1.</summary>
    internal bool CoversNonce { get; init; } = true;

    /// <summary>How far the gateway's clock was ahead of this machine's when the request was signed, in whole seconds; zero if unknown.</summary>
    internal TimeSpan ClockOffset { get; init; }

    /// <summary>Creates the record of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accessKeyId">The AccessKey ID that signed it.</param>
    /// <returns>The record.</returns>
    public static RecordedIntent From(SignedRequest request, string accessKeyId)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RecordedIntent(request.Nonce, request.Timestamp, FingerprintOf(request, accessKeyId, coversNonce: true))
        {
            ClockOffset = TimeSpan.FromSeconds(Math.Round(request.ClockOffset.TotalSeconds)),
        };
    }

    /// <summary>Whether a run would resend the request: the gateway takes a timestamp only for a time.</summary>
    internal bool IsResendable(DateTimeOffset now) => (now + ClockOffset - Timestamp).Duration() <= RetryPolicy.SafeAge;

    internal bool IsOf(SignedRequest request, string accessKeyId) => FingerprintOf(request, accessKeyId, CoversNonce) == Fingerprint;

    private static string FingerprintOf(SignedRequest request, string accessKeyId, bool coversNonce)
    {
        var call = request.Call;
        using var signed = new ByteWriter();
        signed.Write(call.Action.Host).Write((byte)'\n').Write(call.Action.Name).Write((byte)'\n')
            .Write(call.Action.Version).Write((byte)'\n').Write(accessKeyId).Write((byte)'\n');
        RequestSigner.WriteCanonical(signed, call.Parameters);
        if (coversNonce)
        {
            signed.Write((byte)'\n').Write(request.Nonce).Write((byte)'\n')
                .Write(request.Timestamp.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Span<byte> hash = stackalloc byte[Digest.Sha256Length];
        Digest.Sha256(signed.Written, hash);
        var start = signed.Length;
        return signed.WriteHex(hash[..(FingerprintLength / 2)]).ToText(start);
    }
}
