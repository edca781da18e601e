using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace IotCard.Sandbox.Tests.Signing;

/// <summary>A request signed by hand, directly from the documentation, independently of the sandbox's own checker.</summary>
internal sealed record TestRequest
{
    public Method Method { get; init; } = Method.Acs3;

    public Placement Placement { get; init; } = Placement.Query;

    public HttpMethod Verb { get; init; } = HttpMethod.Post;

    public bool Chunked { get; init; }

    public string Action { get; init; } = "DoIotChgBindOrUnBind";

    public string Version { get; init; } = "2017-11-11";

    public string KeyId { get; init; } = "sandbox-id";

    public string Secret { get; init; } = "sandbox-secret";

    public string? Token { get; init; }

    public string Nonce { get; init; } = Guid.NewGuid().ToString("N");

    public DateTimeOffset Time { get; init; } = DateTimeOffset.UtcNow;

    /// <summary>Replaces <see cref="Time"/>, to be ill-formed.</summary>
    public string? Timestamp { get; init; }

    public string? Format { get; init; } = "JSON";

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>A common parameter or header to omit.</summary>
    public string? Without { get; init; }

    /// <summary>A header that is sent but not signed (ACS3).</summary>
    public string? Unsigned { get; init; }

    /// <summary>The body that is really sent, whatever was signed.</summary>
    public string? BodyInstead { get; init; }

    /// <summary>The claimed hash of the body (ACS3).</summary>
    public string? ContentHash { get; init; }

    public static TestRequest Rebind(string iccid, string imei, string newImei) => Operation("chgBind", iccid, imei, newImei);

    public static TestRequest Unbind(string iccid, string imei) => Operation("unBind", iccid, imei, newImei: null);

    public static TestRequest Operation(string opionType, string? iccid, string? imei, string? newImei)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["OpionType"] = opionType };
        if (iccid is not null)
            parameters["Iccid"] = iccid;
        if (imei is not null)
            parameters["Imei"] = imei;
        if (newImei is not null)
            parameters["NewImei"] = newImei;
        return new TestRequest { Parameters = parameters };
    }

    public TestRequest With(string name, string value) =>
        this with { Parameters = new Dictionary<string, string>(Parameters, StringComparer.Ordinal) { [name] = value } };

    public HttpRequestMessage Build(Uri endpoint) => Method is Method.Acs3 ? BuildAcs3(endpoint) : BuildHmacSha1(endpoint);

    private string TimeText => Timestamp ?? Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private HttpRequestMessage BuildAcs3(Uri endpoint)
    {
        var own = Parameters.OrderBy(p => p.Key, StringComparer.Ordinal).ToList();
        var inQuery = Placement switch { Placement.Query => own, Placement.Form => [], _ => own[..(own.Count / 2)] };
        var inForm = own.Except(inQuery).ToList();
        if (Format is not null and not "JSON")
            inQuery = [.. inQuery, new("Format", Format)];

        var body = Join(inForm);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = endpoint.Authority,
            ["x-acs-action"] = Action,
            ["x-acs-version"] = Version,
            ["x-acs-date"] = TimeText,
            ["x-acs-signature-nonce"] = Nonce,
            ["x-acs-content-sha256"] = ContentHash ?? Sha256(body),
        };
        if (Token is not null)
            headers["x-acs-security-token"] = Token;
        if (body.Length > 0)
            headers["content-type"] = "application/x-www-form-urlencoded";
        if (Without is not null)
            headers.Remove(Without);

        var signed = headers.Where(h => h.Key != Unsigned).ToList();
        var names = string.Join(';', signed.Select(h => h.Key));
        var canonical = $"{Verb.Method}\n/\n{Join(Sorted(inQuery))}\n{string.Concat(signed.Select(h => $"{h.Key}:{h.Value.Trim()}\n"))}\n{names}\n{headers.GetValueOrDefault("x-acs-content-sha256")}";
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Utf8(Secret), Utf8($"ACS3-HMAC-SHA256\n{Sha256(canonical)}")));

        var message = Message(endpoint, Join(inQuery), body);
        foreach (var (name, value) in headers.Where(h => h.Key.StartsWith("x-acs-", StringComparison.Ordinal)))
            message.Headers.TryAddWithoutValidation(name, value);
        if (Without is not "authorization")
            message.Headers.TryAddWithoutValidation("Authorization", $"ACS3-HMAC-SHA256 Credential={KeyId},SignedHeaders={names},Signature={signature}");
        return message;
    }

    private HttpRequestMessage BuildHmacSha1(Uri endpoint)
    {
        var common = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Action"] = Action,
            ["Version"] = Version,
            ["AccessKeyId"] = KeyId,
            ["SignatureMethod"] = "HMAC-SHA1",
            ["SignatureVersion"] = "1.0",
            ["SignatureNonce"] = Nonce,
            ["Timestamp"] = TimeText,
        };
        if (Format is not null)
            common["Format"] = Format;
        if (Token is not null)
            common["SecurityToken"] = Token;
        if (Without is not null)
            common.Remove(Without);

        var stringToSign = $"{Verb.Method}&%2F&{Encode(Join(Sorted(common.Concat(Parameters))))}";
#pragma warning disable CA5350 // The service's own method.
        var signature = Convert.ToBase64String(HMACSHA1.HashData(Utf8(Secret + "&"), Utf8(stringToSign)));
#pragma warning restore CA5350
        if (Without is not "Signature")
            common["Signature"] = signature;

        return Placement switch
        {
            Placement.Query => Message(endpoint, Join(common.Concat(Parameters)), ""),
            Placement.Form => Message(endpoint, "", Join(common.Concat(Parameters))),
            _ => Message(endpoint, Join(common), Join(Parameters)),
        };
    }

    private HttpRequestMessage Message(Uri endpoint, string query, string body)
    {
        var message = new HttpRequestMessage(Verb, new Uri(endpoint, query.Length > 0 ? $"/?{query}" : "/"));
        if ((BodyInstead ?? body) is { Length: > 0 } sent)
        {
            message.Content = new ByteArrayContent(Utf8(sent));
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            message.Headers.TransferEncodingChunked = Chunked;
        }

        return message;
    }

    private static IEnumerable<KeyValuePair<string, string>> Sorted(IEnumerable<KeyValuePair<string, string>> parameters) =>
        parameters.OrderBy(p => p.Key, StringComparer.Ordinal);

    private static string Join(IEnumerable<KeyValuePair<string, string>> parameters) =>
        string.Join('&', parameters.Select(p => $"{Encode(p.Key)}={Encode(p.Value)}"));

    // Encodes all but the unreserved characters of RFC 3986.
    private static string Encode(string text) => Uri.EscapeDataString(text);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Utf8(text)));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
