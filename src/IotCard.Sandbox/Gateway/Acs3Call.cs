using System.Security.Cryptography;
using System.Text;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>ACS3-HMAC-SHA256: common parameters in headers, the action's own in the query, the form body or both.</summary>
internal sealed class Acs3Call(WireRequest request, string[] signedHeaders) : SignedCall
{
    private const string Algorithm = "ACS3-HMAC-SHA256";
    private const string Prefix = "x-acs-";
    private const string ContentHash = "x-acs-content-sha256";

    private static readonly string[] Required = ["x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", ContentHash];

    public override string StringToSign => Algorithm + "\n" + Hash(Encoding.UTF8.GetBytes(CanonicalRequest()));

    public override string MismatchMessage => $"Specified signature does not match our calculation. server StringToSign is [{StringToSign}]";

    public override GatewayRefusal NotPermitted => GatewayRefusal.NoPermission;

    public override string Sign(string secret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(StringToSign)));

    /// <summary>With the hash of the body as it was received, whatever the header claims.</summary>
    public string CanonicalRequest()
    {
        var text = new StringBuilder(1024);
        text.Append(request.Method).Append('\n').Append(request.Path).Append('\n').AppendCanonical(request.Query).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').Append(name is ContentHash ? Hash(request.Body) : request.Header(name)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(Hash(request.Body)).ToString();
    }

    public static GatewayRefusal? ReadHeaders(WireRequest request, string authorization, bool requireHost, out SignedCall? signed)
    {
        signed = null;
        foreach (var name in Required)
        {
            if (request.Header(name) is null)
            {
                return GatewayRefusal.MissingParameter(name);
            }
        }

        if (!authorization.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return GatewayRefusal.IncompleteSignature;
        }

        string? credential = null, headers = null, signature = null;
        foreach (var part in authorization[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            switch (equals < 0 ? part : part[..equals])
            {
                case "Credential": credential = part[(equals + 1)..]; break;
                case "SignedHeaders": headers = part[(equals + 1)..]; break;
                case "Signature": signature = part[(equals + 1)..]; break;
                default: return GatewayRefusal.IncompleteSignature;
            }
        }

        if (credential is "")
        {
            return GatewayRefusal.KeyMissing;
        }

        if (credential is null || string.IsNullOrEmpty(headers) || string.IsNullOrEmpty(signature))
        {
            return GatewayRefusal.IncompleteSignature;
        }

        var names = headers.ToLowerInvariant().Split(';', StringSplitOptions.RemoveEmptyEntries);
        Array.Sort(names, StringComparer.Ordinal);
        if (!SignsRequiredHeaders(request, names, requireHost))
        {
            return GatewayRefusal.IncompleteSignature;
        }

        signed = new Acs3Call(request, names)
        {
            Action = request.Header("x-acs-action")!,
            Version = request.Header("x-acs-version")!,
            AccessKeyId = credential,
            SecurityToken = request.Header("x-acs-security-token"),
            Nonce = request.Header("x-acs-signature-nonce")!,
            Timestamp = request.Header("x-acs-date")!,
            Signature = signature,
        };
        return null;
    }

    /// <summary>The AccessKey ID of an authorization, even if the rest is invalid; null = none.</summary>
    public static string? CredentialOf(string authorization)
    {
        const string name = "Credential=";
        var start = authorization.IndexOf(name, StringComparison.Ordinal);
        return start < 0 ? null : authorization[(start + name.Length)..].Split(',')[0].Trim();
    }

    private static bool SignsRequiredHeaders(WireRequest request, string[] names, bool requireHost)
    {
        foreach (var header in request.Headers)
        {
            var name = header.Key.ToLowerInvariant();
            var isRequired = name is "content-type" || (requireHost && name is "host") || name.StartsWith(Prefix, StringComparison.Ordinal);
            if (isRequired && Array.BinarySearch(names, name, StringComparer.Ordinal) < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string Hash(byte[] data) => Convert.ToHexStringLower(SHA256.HashData(data));
}
