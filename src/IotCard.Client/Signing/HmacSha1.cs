using System.Net.Http.Headers;

namespace IotCard.Client.Signing;

/// <summary>
/// <c>HMAC-SHA1</c> with SignatureVersion 1.0, as described by the vendor's "RPC request structure and signature" page
/// and fixed by its published vectors. All parameters, including the common ones and the signature, are in the form
/// body.
/// </summary>
internal static class HmacSha1
{
    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    internal static SignedRequest Sign(ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        using var body = new ByteWriter();
        RequestSigner.WriteCanonical(body, AllParameters(call, credential, nonce, timestamp));
        var signature = Signature("POST", body.Written, credential.HmacSha1);
        body.Write("&Signature="u8).WriteEncoded(signature);

        return new SignedRequest(
            call,
            new Uri(call.Action.Root),
            headers: [],
            body.Written.ToArray(),
            Form,
            nonce,
            timestamp,
            credential.Redactor);
    }

    /// <summary>Signs sorted and encoded parameters.</summary>
    internal static string Signature(string httpMethod, ReadOnlySpan<byte> canonicalParameters, HmacKey key)
    {
        using var text = new ByteWriter();
        text.Write(httpMethod).Write("&%2F&"u8).WriteEncoded(canonicalParameters);
        Span<byte> code = stackalloc byte[Digest.Sha1Length];
        key.Authenticate(text.Written, code);
#if NET
        return Convert.ToBase64String(code);
#else
        return Convert.ToBase64String(code.ToArray());
#endif
    }

    private static NamedValue[] AllParameters(
        ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        NamedValue[] token = credential.SecurityToken is { } value ? [new("SecurityToken", value)] : [];
        return RequestSigner.Sort(
        [
            new("AccessKeyId", credential.AccessKeyId),
            new("Action", call.Action.Name),
            new("Format", "JSON"),
            .. token,
            new("SignatureMethod", "HMAC-SHA1"),
            new("SignatureNonce", nonce),
            new("SignatureVersion", "1.0"),
            new("Timestamp", RequestSigner.Format(timestamp)),
            new("Version", call.Action.Version),
            .. call.Parameters,
        ]);
    }
}
