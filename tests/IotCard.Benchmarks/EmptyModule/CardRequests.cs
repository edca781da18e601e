using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EmptyModule;

/// <summary>Creates requests, signed with ACS3-HMAC-SHA256 by the AccessKey of the environment.</summary>
internal sealed class CardRequests(Uri endpoint)
{
    private const string ContentType = "application/x-www-form-urlencoded";
    private const string Action = "DoIotChgBindOrUnBind";
    private const string Version = "2017-11-11";
    private const string Names = "content-type;host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

    private readonly string _keyId = Variable("ALIBABA_CLOUD_ACCESS_KEY_ID");
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(Variable("ALIBABA_CLOUD_ACCESS_KEY_SECRET"));
    private readonly string _noContent = Hex(SHA256.HashData(Array.Empty<byte>()));

    internal HttpRequestMessage Create(CardRow row)
    {
        var query = $"Iccid={row.Iccid}&Imei={row.Imei}&NewImei={row.NewImei}&OpionType=chgBind";
        var date = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var nonce = Guid.NewGuid().ToString();
        var canonical =
            $"POST\n/\n{query}\n" +
            $"content-type:{ContentType}\nhost:{endpoint.Authority}\nx-acs-action:{Action}\nx-acs-content-sha256:{_noContent}\n" +
            $"x-acs-date:{date}\nx-acs-signature-nonce:{nonce}\nx-acs-version:{Version}\n\n{Names}\n{_noContent}";
        var text = "ACS3-HMAC-SHA256\n" + Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var signature = Hex(HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text)));

        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, "/?" + query)) { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("content-type", ContentType);
        request.Headers.TryAddWithoutValidation("x-acs-action", Action);
        request.Headers.TryAddWithoutValidation("x-acs-content-sha256", _noContent);
        request.Headers.TryAddWithoutValidation("x-acs-date", date);
        request.Headers.TryAddWithoutValidation("x-acs-signature-nonce", nonce);
        request.Headers.TryAddWithoutValidation("x-acs-version", Version);
        request.Headers.TryAddWithoutValidation("Authorization", $"ACS3-HMAC-SHA256 Credential={_keyId},SignedHeaders={Names},Signature={signature}");
        return request;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes).ToLowerInvariant();

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? string.Empty;
}
