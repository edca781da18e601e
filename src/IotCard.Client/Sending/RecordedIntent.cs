using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>What is kept of a request before it leaves: enough to sign the same one again, and nothing secret.</summary>
/// <param name="Nonce">The request's nonce.</param>
/// <param name="Timestamp">The time that was signed, UTC, in whole seconds.</param>
/// <param name="Fingerprint">
/// The first 16 hexadecimal digits of the SHA-256 of all that was signed: endpoint, parameters, AccessKey ID, nonce and
/// timestamp. A request that differs in any of them is another request, and the gateway would not recognize it.
/// </param>
public sealed record RecordedIntent(string Nonce, DateTimeOffset Timestamp, string Fingerprint)
{
    private const int FingerprintLength = 16;

    /// <summary>Whether the fingerprint covers nonce and timestamp too. It does not in a journal of format 1.</summary>
    internal bool CoversNonce { get; init; } = true;

    /// <summary>How far the gateway's clock was ahead of this machine's when the request was signed, in whole seconds; zero where that was not known.</summary>
    internal TimeSpan ClockOffset { get; init; }

    /// <summary>Takes down a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accessKeyId">The AccessKey ID that it is signed with.</param>
    /// <returns>What to keep of it.</returns>
    public static RecordedIntent From(SignedRequest request, string accessKeyId)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RecordedIntent(request.Nonce, request.Timestamp, FingerprintOf(request, accessKeyId, coversNonce: true))
        {
            ClockOffset = TimeSpan.FromSeconds(Math.Round(request.ClockOffset.TotalSeconds)),
        };
    }

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
