using System.Security.Cryptography;
using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Service;
using IotCard.Client.Signing;

namespace IotCard.Benchmarks;

/// <summary>
/// One call to sign, and the minimum that an ACS3 signature of it takes: the SHA-256 of the body, the SHA-256 of the
/// canonical request and one HMAC, over prepared bytes.
/// </summary>
internal sealed class SigningSample
{
    private const string EmptyBodySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Nonce = "0123456789abcdef0123456789abcdef";
    private const string Secret = "sandbox-secret";

    private static readonly DateTimeOffset Timestamp = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly RequestSigner _acs3 = new(SignatureMethod.Acs3HmacSha256);
    private readonly RequestSigner _hmacSha1 = new(SignatureMethod.HmacSha1);
    private readonly Credential _credential = new("sandbox-id", Secret);
    private readonly ApiRequest _call;
    private readonly byte[] _body = [];
    private readonly byte[] _canonicalRequest;
    private readonly byte[] _key = Encoding.UTF8.GetBytes(Secret);
    private readonly byte[] _textToSign;

    internal SigningSample()
    {
        Row = BindingRow.Rebind("89860018521874998319", "860456038157932", "353918052345671");
        _call = new BindingApi(BindingApi.DefaultEndpoint).ToCall(Row);
        _canonicalRequest = Encoding.UTF8.GetBytes(CanonicalRequest());
        _textToSign = Encoding.UTF8.GetBytes("ACS3-HMAC-SHA256\n" + Convert.ToHexStringLower(SHA256.HashData(_canonicalRequest)));
        CheckSameBytes();
    }

    internal BindingRow Row { get; }

    internal SignedRequest SignAcs3() => _acs3.Sign(_call, _credential, Nonce, Timestamp);

    internal SignedRequest SignHmacSha1() => _hmacSha1.Sign(_call, _credential, Nonce, Timestamp);

    /// <summary>The digests that an ACS3 signature requires.</summary>
    internal byte Digest()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_body, hash);
        var mixed = hash[0];
        SHA256.HashData(_canonicalRequest, hash);
        mixed ^= hash[0];
        HMACSHA256.HashData(_key, _textToSign, hash);
        return (byte)(mixed ^ hash[0]);
    }

    private string CanonicalRequest() => string.Join('\n',
        "POST",
        "/",
        $"Iccid={Row.Iccid}&Imei={Row.Imei}&NewImei={Row.NewImei}&OpionType=chgBind",
        "host:dyiotapi.aliyuncs.com",
        "x-acs-action:DoIotChgBindOrUnBind",
        "x-acs-content-sha256:" + EmptyBodySha256,
        "x-acs-date:2026-03-14T12:00:00Z",
        "x-acs-signature-nonce:" + Nonce,
        "x-acs-version:2017-11-11",
        string.Empty,
        "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version",
        EmptyBodySha256);

    /// <summary>Checks that both subjects sign the same bytes; otherwise the comparison would be meaningless.</summary>
    private void CheckSameBytes()
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(_key, _textToSign));
        using var message = SignAcs3().ToMessage();
        if (!message.Headers.NonValidated["Authorization"].ToString().EndsWith("Signature=" + signature, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The signer signs other bytes than the sample that it is measured against.");
        }
    }
}
