using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>What is kept of a request before it leaves: enough to sign the same one again, and nothing secret.</summary>
/// <param name="Nonce">The request's nonce.</param>
/// <param name="Timestamp">The time that was signed, UTC, in whole seconds.</param>
/// <param name="Fingerprint">
/// The first 16 hexadecimal digits of the SHA-256 of all else that was signed: endpoint, parameters, AccessKey ID. A
/// request that differs in any of them is another request, and the gateway would not know it again.
/// </param>
public sealed record RecordedIntent(string Nonce, DateTimeOffset Timestamp, string Fingerprint)
{
    private const int FingerprintLength = 16;

    /// <summary>Takes down a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accessKeyId">The AccessKey ID that it is signed with.</param>
    /// <returns>What to keep of it.</returns>
    public static RecordedIntent Of(SignedRequest request, string accessKeyId)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new RecordedIntent(request.Nonce, request.Timestamp, FingerprintOf(request, accessKeyId));
    }

    internal bool IsOf(SignedRequest request, string accessKeyId) => FingerprintOf(request, accessKeyId) == Fingerprint;

    private static string FingerprintOf(SignedRequest request, string accessKeyId)
    {
        var call = request.Call;
        using var signed = new ByteWriter();
        signed.Write(call.Action.Host).Write((byte)'\n').Write(call.Action.Name).Write((byte)'\n')
            .Write(call.Action.Version).Write((byte)'\n').Write(accessKeyId).Write((byte)'\n');
        RequestSigner.WriteCanonical(signed, call.Parameters);

        Span<byte> hash = stackalloc byte[Digest.Sha256Length];
        Digest.Sha256(signed.Written, hash);
        var start = signed.Length;
        return signed.WriteHex(hash[..(FingerprintLength / 2)]).ToText(start);
    }
}
