using System.Collections.Frozen;
using System.Globalization;

namespace IotCard.Sandbox;

/// <summary>Checks a request in the gateway's order, before the service sees it.</summary>
internal sealed class Gateway(SandboxOptions options)
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly TimeSpan TimeWindow = TimeSpan.FromMinutes(15);

    private readonly FrozenDictionary<string, SandboxAccessKey> _keys =
        options.AccessKeys.ToDictionary(key => key.Id, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly NonceMemory _nonces = new();

    /// <summary>Lets a request through or refuses it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="clockSkew">How far the gateway's clock is ahead.</param>
    /// <param name="checkNonce">Whether the nonce is looked up and remembered.</param>
    /// <param name="call">What was let through.</param>
    /// <returns>Null with <paramref name="call"/> set, or the refusal.</returns>
    public GatewayRefusal? Admit(WireRequest request, TimeSpan clockSkew, bool checkNonce, out Call? call)
    {
        call = null;
        if (request.Method is not ("GET" or "POST"))
            return GatewayRefusal.UnsupportedMethod;
        if (request.Path is not "/")
            return GatewayRefusal.ApiNotFound;
        if (SignedCall.Read(request, out var signed) is { } unreadable)
            return unreadable;
        if (!CardService.Has(signed!.Action, signed.Version))
            return GatewayRefusal.ApiNotFound;

        if (!_keys.TryGetValue(signed.AccessKeyId, out var key))
            return GatewayRefusal.KeyNotFound;
        if (key.Inactive)
            return GatewayRefusal.KeyInactive;

        var world = options.Clock.GetUtcNow();
        var now = world + clockSkew;
        if (CheckToken(key, signed.SecurityToken, now) is { } badToken)
            return badToken;

        if (!DateTimeOffset.TryParseExact(signed.Timestamp, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp))
            return GatewayRefusal.TimeMalformed;
        if ((now - timestamp).Duration() > TimeWindow)
            return GatewayRefusal.TimeExpired;

        if (!signed.IsSignedWith(key.Secret))
            return GatewayRefusal.SignatureMismatch(signed.StringToSign);

        if (checkNonce && !_nonces.Remember(key.Id, signed.Nonce, world, Latest(world, timestamp, timestamp - clockSkew) + TimeWindow))
            return GatewayRefusal.NonceUsed;
        if (!key.Permitted)
            return signed.NotPermitted;

        call = new Call(request, signed);
        return null;
    }

    // By the world's clock, so that one request under a skewed clock does not make the memory forget all the others.
    private static DateTimeOffset Latest(DateTimeOffset world, DateTimeOffset timestamp, DateTimeOffset unskewed)
    {
        var latest = timestamp > unskewed ? timestamp : unskewed;
        return latest > world ? latest : world;
    }

    private GatewayRefusal? CheckToken(SandboxAccessKey key, string? token, DateTimeOffset now)
    {
        if (key.SecurityToken is null && token is null)
            return null;
        if (token is null)
            return GatewayRefusal.TokenMissing;
        if (!string.Equals(token, key.SecurityToken, StringComparison.Ordinal))
        {
            return options.AccessKeys.Any(other => string.Equals(other.SecurityToken, token, StringComparison.Ordinal))
                ? GatewayRefusal.TokenMismatch
                : GatewayRefusal.TokenMalformed;
        }

        return now >= key.SecurityTokenExpires ? GatewayRefusal.TokenExpired : null;
    }
}
