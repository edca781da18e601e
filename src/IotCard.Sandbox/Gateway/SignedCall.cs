using System.Security.Cryptography;
using System.Text;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>A request's claim of its sender, and how to verify it.</summary>
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

    /// <summary>How this method's gateway reports a wrong signature.</summary>
    public abstract string MismatchMessage { get; }

    /// <summary>The refusal of a user without permission, which differs between the two methods' gateways.</summary>
    public abstract GatewayRefusal NotPermitted { get; }

    /// <summary>The signature with this secret.</summary>
    public abstract string Sign(string secret);

    public bool IsSignedWith(string secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature), Encoding.UTF8.GetBytes(Sign(secret)));

    /// <summary>Reads the signature's parameters, of either method.</summary>
    /// <param name="request">The request.</param>
    /// <param name="requireHost">Whether ACS3 must sign the <c>host</c> header.</param>
    /// <param name="signed">The request's claim of its sender.</param>
    /// <returns>Null, or why there is nothing to verify.</returns>
    public static GatewayRefusal? Read(WireRequest request, bool requireHost, out SignedCall? signed)
    {
        signed = null;
        if (request.Header("Authorization") is { } authorization)
        {
            return Acs3Call.ReadHeaders(request, authorization, requireHost, out signed);
        }

        // Neither method's key: a request with the headers of ACS3 but no Authorization, or one with nothing at all.
        return request["AccessKeyId"] is null ? GatewayRefusal.KeyMissing : HmacSha1Call.ReadParameters(request, out signed);
    }

    /// <summary>The nonce, even if the rest is invalid; null = none.</summary>
    public static string? NonceOf(WireRequest request) => request.Header("x-acs-signature-nonce") ?? request["SignatureNonce"];

    /// <summary>The security token, even if the rest is invalid; null = none.</summary>
    public static string? TokenOf(WireRequest request) => request.Header("x-acs-security-token") ?? request["SecurityToken"];

    /// <summary>The action, even if the rest is invalid; null = none.</summary>
    public static string? ActionOf(WireRequest request) => request.Header("x-acs-action") ?? request["Action"];

    /// <summary>The AccessKey ID, even if the rest is invalid; null = none.</summary>
    public static string? AccessKeyIdOf(WireRequest request) =>
        request.Header("Authorization") is { } authorization ? Acs3Call.CredentialOf(authorization) : request["AccessKeyId"];

    /// <summary>JSON is sent on request, and by default with ACS3; an RPC request without a format is answered in XML.</summary>
    public static bool WantsXml(WireRequest request) =>
        request["Format"] is { } format
            ? !format.Equals("JSON", StringComparison.OrdinalIgnoreCase)
            : request.Header("Authorization") is null;
}
