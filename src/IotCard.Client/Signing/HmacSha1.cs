using System.Net.Http.Headers;
using System.Text;
using IotCard.Client.Credentials;

namespace IotCard.Client.Signing;

/// <summary>
/// <c>HMAC-SHA1</c> with SignatureVersion 1.0, as the vendor's "RPC request structure and signature" page describes it
/// and its published vectors fix it. Every parameter, the common ones and the signature too, travels in the form body.
/// </summary>
internal static class HmacSha1
{
    private static readonly MediaTypeHeaderValue Form = new("application/x-www-form-urlencoded");

    internal static SignedRequest Sign(ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        var parameters = RequestSigner.Canonicalize(
            CommonParameters(call, credential, nonce, timestamp)
                .Concat(call.Parameters)
                .OrderBy(static p => p.Key, StringComparer.Ordinal));
        var signature = Signature(StringToSign("POST", parameters), credential.AccessKeySecret);

        return new SignedRequest(
            call,
            new Uri(call.Endpoint, "/"),
            [new("Host", call.Endpoint.Authority)],
            Encoding.UTF8.GetBytes(parameters + "&Signature=" + PercentEncoding.Encode(signature)),
            Form,
            nonce,
            timestamp);
    }

    internal static string StringToSign(string httpMethod, string canonicalParameters) =>
        httpMethod + "&%2F&" + PercentEncoding.Encode(canonicalParameters);

    internal static string Signature(string stringToSign, string accessKeySecret) =>
        Digest.HmacSha1Base64(accessKeySecret + "&", stringToSign);

    private static IEnumerable<KeyValuePair<string, string>> CommonParameters(
        ApiRequest call, Credential credential, string nonce, DateTimeOffset timestamp)
    {
        yield return new("AccessKeyId", credential.AccessKeyId);
        yield return new("Action", call.Action);
        yield return new("Format", "JSON");
        if (credential.SecurityToken is { } token)
        {
            yield return new("SecurityToken", token);
        }

        yield return new("SignatureMethod", "HMAC-SHA1");
        yield return new("SignatureNonce", nonce);
        yield return new("SignatureVersion", "1.0");
        yield return new("Timestamp", RequestSigner.Format(timestamp));
        yield return new("Version", call.Version);
    }
}
