using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>HMAC-SHA1, SignatureVersion 1.0: everything in parameters, in the query, the form body or both.</summary>
internal sealed class HmacSha1Call(WireRequest request) : SignedCall
{
    private static readonly string[] Required =
        ["Action", "Version", "AccessKeyId", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp"];

    public override string StringToSign
    {
        get
        {
            var canonical = new StringBuilder(512).AppendCanonical(
                request.Query.Concat(request.Form).Where(parameter => !string.Equals(parameter.Name, "Signature", StringComparison.Ordinal)));
            return new StringBuilder(1024).Append(request.Method).Append("&%2F&").AppendEncoded(canonical.ToString()).ToString();
        }
    }

    public override string MismatchMessage => "Specified signature is not matched with our calculation. server string to sign is:" + StringToSign;

    public override GatewayRefusal NotPermitted => GatewayRefusal.ForbiddenRam;

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The service's own method.")]
    public override string Sign(string secret) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(secret + "&"), Encoding.UTF8.GetBytes(StringToSign)));

    public static GatewayRefusal? ReadParameters(WireRequest request, out SignedCall? signed)
    {
        signed = null;
        foreach (var name in Required)
        {
            if (request[name] is null)
            {
                return GatewayRefusal.MissingParameter(name);
            }
        }

        if (request["Signature"] is not { } signature
            || request["SignatureMethod"] is not "HMAC-SHA1"
            || request["SignatureVersion"] is not "1.0")
        {
            return GatewayRefusal.IncompleteSignature;
        }

        signed = new HmacSha1Call(request)
        {
            Action = request["Action"]!,
            Version = request["Version"]!,
            AccessKeyId = request["AccessKeyId"]!,
            SecurityToken = request["SecurityToken"],
            Nonce = request["SignatureNonce"]!,
            Timestamp = request["Timestamp"]!,
            Signature = signature,
        };
        return null;
    }
}
