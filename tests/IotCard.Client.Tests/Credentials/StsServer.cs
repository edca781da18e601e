using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IotCard.Client.Tests.Credentials;

/// <summary>
/// STS on loopback: verifies method, version, time, nonce, signature and duration, and issues numbered credentials. Its
/// signature check is written from the vendor's description, independently of the signer.
/// </summary>
internal sealed class StsServer : IAsyncDisposable
{
    private readonly Dictionary<string, (string Secret, string? Token)> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nonces = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private LoopbackService _service = null!;
    private int _issued;

    private StsServer(TimeProvider clock) => _clock = clock;

    internal Uri Address => _service.Address;

    internal IReadOnlyList<ReceivedRequest> Requests => _service.Requests;

    internal int Issued => _issued;

    /// <summary>Responds instead of the checks, unless it returns null.</summary>
    internal Func<ReceivedRequest, ServiceResponse?> Override { get; set; } = static _ => null;

    /// <summary>Awaited before each response.</summary>
    internal Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The lifetime of issued credentials; null for the requested one.</summary>
    internal TimeSpan? Lifetime { get; set; }

    internal string OidcToken { get; set; } = "";

    internal static async Task<StsServer> StartAsync(TimeProvider clock)
    {
        var sts = new StsServer(clock);
        sts._service = await LoopbackService.StartAsync(sts.ResponseAsync);
        return sts;
    }

    internal void Knows(string id, string secret, string? token = null) => _keys[id] = (secret, token);

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task<ServiceResponse> ResponseAsync(ReceivedRequest request)
    {
        await Gate;
        lock (_keys)
        {
            return Override(request) ?? Respond(request);
        }
    }

    private ServiceResponse Respond(ReceivedRequest request)
    {
        if (request.Method != "POST" || request.Path != "/")
        {
            return ServiceResponse.Error(400, "InvalidRequest", request.Method + request.Path);
        }

        return request.Headers.GetValueOrDefault("x-acs-action") == "AssumeRole"
            ? Refusal(request) ?? Issue(request.Query)
            : request.Query.GetValueOrDefault("Action") == "AssumeRoleWithOIDC"
                ? OidcRefusal(request) ?? Issue(request.Form)
                : ServiceResponse.Error(404, "InvalidAction.NotFound", "no such action");
    }

    private ServiceResponse? OidcRefusal(ReceivedRequest request) =>
        request.Query.GetValueOrDefault("Version") != "2015-04-01" ? ServiceResponse.Error(400, "InvalidVersion", "version")
        : !IsNow(request.Query.GetValueOrDefault("Timestamp")) ? ServiceResponse.Error(400, "InvalidTimeStamp.Expired", "time")
        : request.Headers.ContainsKey("Authorization") || request.Query.ContainsKey("Signature") ? ServiceResponse.Error(400, "Signed", "not to be signed")
        : request.Headers.GetValueOrDefault("Content-Type") != "application/x-www-form-urlencoded" ? ServiceResponse.Error(400, "NoForm", "a form is needed")
        : request.Form.GetValueOrDefault("OIDCToken") != OidcToken ? ServiceResponse.Error(400, "AuthenticationFail.OIDCToken.Invalid", "This JSON Web Token is invalid.")
        : string.IsNullOrEmpty(request.Form.GetValueOrDefault("OIDCProviderArn")) ? ServiceResponse.Error(400, "MissingOIDCProviderArn", "provider")
        : null;

    private ServiceResponse? Refusal(ReceivedRequest request)
    {
        var h = request.Headers;
        var authorization = h.GetValueOrDefault("Authorization") ?? "";
        const string Scheme = "ACS3-HMAC-SHA256 ";
        if (!authorization.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return ServiceResponse.Error(400, "IncompleteSignature", "not signed");
        }

        var parts = authorization[Scheme.Length..].Split(',').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        if (!_keys.TryGetValue(parts["Credential"], out var key))
        {
            return ServiceResponse.Error(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        }

        if (h.GetValueOrDefault("x-acs-version") != "2015-04-01" || !IsNow(h.GetValueOrDefault("x-acs-date")))
        {
            return ServiceResponse.Error(400, "InvalidTimeStamp.Expired", "version or time");
        }

        if (!_nonces.Add(h.GetValueOrDefault("x-acs-signature-nonce") ?? ""))
        {
            return ServiceResponse.Error(400, "SignatureNonceUsed", "nonce");
        }

        if (h.GetValueOrDefault("x-acs-security-token") != key.Token)
        {
            return ServiceResponse.Error(400, "InvalidSecurityToken.MismatchWithAccessKey", "token");
        }

        var expected = Signature(request, parts["SignedHeaders"], key.Secret, out var canonical);
        return parts["Signature"] == expected
            ? null
            : ServiceResponse.Error(
                400,
                "SignatureDoesNotMatch",
                "The specified signature is invalid. server CanonicalRequest is:" + canonical.Replace("\n", "\\n", StringComparison.Ordinal));
    }

    private static string Signature(ReceivedRequest request, string signedHeaders, string secret, out string canonical)
    {
        var query = string.Join('&', request.RawQuery.Split('&').Order(StringComparer.Ordinal));
        var headers = string.Concat(signedHeaders.Split(';').Select(n => n + ":" + request.Headers[n].Trim() + "\n"));
        var body = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Body)));
        canonical = $"POST\n/\n{query}\n{headers}\n{signedHeaders}\n{body}";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        return Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("ACS3-HMAC-SHA256\n" + hash)));
    }

    private ServiceResponse Issue(IReadOnlyDictionary<string, string> parameters)
    {
        if (!int.TryParse(parameters.GetValueOrDefault("DurationSeconds"), CultureInfo.InvariantCulture, out var seconds) || seconds is < 900 or > 43200)
        {
            return ServiceResponse.Error(400, "InvalidParameter.DurationSeconds", "The Min/Max value of DurationSeconds is 15min/1hr.");
        }

        if (string.IsNullOrEmpty(parameters.GetValueOrDefault("RoleArn")) || string.IsNullOrEmpty(parameters.GetValueOrDefault("RoleSessionName")))
        {
            return ServiceResponse.Error(400, "MissingParameter", "role or session");
        }

        var n = ++_issued;
        var end = (_clock.GetUtcNow() + (Lifetime ?? TimeSpan.FromSeconds(seconds))).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Knows($"STS.issued{n}", $"issued-secret-{n}", $"issued-token-{n}");
        return ServiceResponse.Ok(
            $$$"""{"RequestId":"REQ-1","Credentials":{"AccessKeyId":"STS.issued{{{n}}}","AccessKeySecret":"issued-secret-{{{n}}}","SecurityToken":"issued-token-{{{n}}}","Expiration":"{{{end}}}"}}""");
    }

    private bool IsNow(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && (time - _clock.GetUtcNow()).Duration() < TimeSpan.FromMinutes(15);
}
