using System.Globalization;
using IotCard.Client.Rules;
using IotCard.Client.Signing;

namespace IotCard.Client.Sending;

/// <summary>
/// Tells whether a request is the one that was recorded before an earlier run sent it, and if not, in what it differs. It
/// covers all that makes the request's bytes but the secret, which changes only together with the key.
/// </summary>
internal sealed class IntentFingerprint
{
    private const int Length = 16;
    private const int PartLength = 4;

    private readonly SignatureMethod _method;
    private readonly string _start;
    private volatile KeyParts? _last;

    /// <summary>Creates the fingerprints of a sender's requests.</summary>
    /// <param name="method">How they are signed.</param>
    /// <param name="endpoint">Where they are sent.</param>
    /// <param name="channel">Their channel id; null if they have none.</param>
    internal IntentFingerprint(SignatureMethod method, Uri endpoint, string? channel)
    {
        _method = method;
        _start = Hash(method.ToString(), PartLength) + Hash(new ApiAction(endpoint, "", "").Root, PartLength) + Hash(channel ?? "", PartLength);
    }

    /// <summary>Creates the record of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="credential">The credential that signed it.</param>
    internal RecordedIntent Record(SignedRequest request, Credential credential) =>
        new(request.Nonce, request.Timestamp, Of(request, credential))
        {
            ClockOffset = TimeSpan.FromSeconds(Math.Round(request.ClockOffset.TotalSeconds)),
        };

    /// <summary>Finds in what a request differs from the recorded one.</summary>
    /// <param name="intent">The record.</param>
    /// <param name="request">The request.</param>
    /// <param name="credential">The credential that signed it.</param>
    /// <returns>A code of <see cref="OutcomeCode"/>; null if it is the recorded one, to the byte.</returns>
    internal string? FindDifference(RecordedIntent intent, SignedRequest request, Credential credential)
    {
        var (recorded, own) = (intent.Fingerprint, Of(request, credential));
        if (recorded == own)
        {
            return null;
        }

        string[] codes = [OutcomeCode.OtherSignatureMethod, OutcomeCode.OtherEndpoint, OutcomeCode.OtherChannel, OutcomeCode.OtherAccessKey, OutcomeCode.OtherToken];
        return recorded.Length == own.Length
            ? codes.Where((_, part) => !IsSamePart(recorded, own, Length + (part * PartLength))).FirstOrDefault() ?? OutcomeCode.OtherRequest
            : OutcomeCode.OtherRequest;
    }

    private static bool IsSamePart(string one, string other, int start) =>
        string.CompareOrdinal(one, start, other, start, PartLength) == 0;

    private static string Hash(string text, int length)
    {
        using var bytes = new ByteWriter();
        return Hash(bytes.Write(text), length);
    }

    private static string Hash(ByteWriter bytes, int length)
    {
        Span<byte> hash = stackalloc byte[Digest.Sha256Length];
        Digest.Sha256(bytes.Written, hash);
        var start = bytes.Length;
        return bytes.WriteHex(hash[..(length / 2)]).ToText(start);
    }

    private string Of(SignedRequest request, Credential credential)
    {
        var call = request.Call;
        using var bytes = new ByteWriter();
        bytes.Write(_method.ToString()).Write((byte)'\n').Write(call.Action.Root).Write((byte)'\n')
            .Write(call.Action.Name).Write((byte)'\n').Write(call.Action.Version).Write((byte)'\n')
            .Write(credential.AccessKeyId).Write((byte)'\n').Write(credential.SecurityToken ?? "").Write((byte)'\n')
            .Write(request.Nonce).Write((byte)'\n')
            .Write(request.Timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)).Write((byte)'\n');
        RequestSigner.WriteCanonical(bytes, call.Parameters);
        return Hash(bytes, Length) + _start + PartsOf(credential);
    }

    /// <summary>The parts of key and token, which all requests of a credential share.</summary>
    private string PartsOf(Credential credential)
    {
        var last = _last;
        if (last is null || !ReferenceEquals(last.Credential, credential))
        {
            _last = last = new KeyParts(
                credential, Hash(credential.AccessKeyId, PartLength) + Hash(credential.SecurityToken ?? "", PartLength));
        }

        return last.Text;
    }

    private sealed record KeyParts(Credential Credential, string Text);
}
