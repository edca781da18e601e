using System.Globalization;
using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>Tells whether a request is the one that was recorded before an earlier run sent it.</summary>
internal static class IntentFingerprint
{
    private const int Length = 16;

    /// <summary>Creates the record of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="accessKeyId">The AccessKey ID that signed it.</param>
    /// <returns>The record.</returns>
    internal static RecordedIntent Record(SignedRequest request, string accessKeyId) =>
        new(request.Nonce, request.Timestamp, Of(request, accessKeyId))
        {
            ClockOffset = TimeSpan.FromSeconds(Math.Round(request.ClockOffset.TotalSeconds)),
        };

    /// <summary>Whether a request is the recorded one, to the byte.</summary>
    internal static bool Matches(RecordedIntent intent, SignedRequest request, string accessKeyId) =>
        Of(request, accessKeyId) == intent.Fingerprint;

    private static string Of(SignedRequest request, string accessKeyId)
    {
        var call = request.Call;
        using var signed = new ByteWriter();
        signed.Write(call.Action.Host).Write((byte)'\n').Write(call.Action.Name).Write((byte)'\n')
            .Write(call.Action.Version).Write((byte)'\n').Write(accessKeyId).Write((byte)'\n');
        RequestSigner.WriteCanonical(signed, call.Parameters);
        signed.Write((byte)'\n').Write(request.Nonce).Write((byte)'\n')
            .Write(request.Timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

        Span<byte> hash = stackalloc byte[Digest.Sha256Length];
        Digest.Sha256(signed.Written, hash);
        var start = signed.Length;
        return signed.WriteHex(hash[..(Length / 2)]).ToText(start);
    }
}
