using System.Security.Cryptography;
using System.Text;

namespace IotCard.Sandbox;

/// <summary>What a request says of who sends it, and the means to check that.</summary>
internal abstract class SignedCall
{
    public required string Action { get; init; }

    public required string Version { get; init; }

    public required string AccessKeyId { get; init; }

    public required string? SecurityToken { get; init; }

    public required string Nonce { get; init; }

    public required string Timestamp { get; init; }

    public required string Signature { get; init; }

    /// <summary>What the sender must have signed, from the request as it was received.</summary>
    public abstract string StringToSign { get; }

    /// <summary>The refusal for a user without permission: the two methods' gateways word it differently.</summary>
    public abstract GatewayRefusal NotPermitted { get; }

    /// <summary>The signature that this secret gives.</summary>
    public abstract string Sign(string secret);

    public bool IsSignedWith(string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature), Encoding.UTF8.GetBytes(Sign(secret)));

    /// <summary>Reads the signature's parameters, by whichever method.</summary>
    /// <returns>Null, or why there is nothing to check.</returns>
    public static GatewayRefusal? Read(WireRequest request, out SignedCall? signed)
    {
        signed = null;
        return request.Header("Authorization") is { } authorization
            ? Acs3Call.ReadHeaders(request, authorization, out signed)
            : HmacSha1Call.ReadParameters(request, out signed);
    }

    /// <summary>The nonce, whether or not the rest is as it should be; null = none.</summary>
    public static string? NonceOf(WireRequest request) => request.Header("x-acs-signature-nonce") ?? request["SignatureNonce"];

    /// <summary>The security token, likewise.</summary>
    public static string? TokenOf(WireRequest request) => request.Header("x-acs-security-token") ?? request["SecurityToken"];

    /// <summary>The action, likewise.</summary>
    public static string? ActionOf(WireRequest request) => request.Header("x-acs-action") ?? request["Action"];

    /// <summary>JSON where it is asked for, and by default with ACS3; an RPC request without a format is answered in XML.</summary>
    public static bool WantsXml(WireRequest request) =>
        request["Format"] is { } format
            ? !format.Equals("JSON", StringComparison.OrdinalIgnoreCase)
            : request.Header("Authorization") is null;
}
