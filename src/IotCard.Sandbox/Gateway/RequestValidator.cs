using System.Collections.Frozen;
using System.Globalization;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Gateway;

/// <summary>Validates a request in the gateway's order, before it reaches the service.</summary>
internal sealed class RequestValidator(IReadOnlyCollection<SandboxAccessKey> accessKeys, bool requireSignedHost, TimeProvider clock)
{
    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly TimeSpan TimeWindow = TimeSpan.FromMinutes(15);

    private readonly FrozenDictionary<string, SandboxAccessKey> _keys =
        accessKeys.ToDictionary(key => key.Id, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly NonceMemory _nonces = new();

    /// <summary>Accepts or refuses a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="clockSkew">How far the gateway's clock is ahead.</param>
    /// <param name="checkNonce">Whether to check and remember the nonce.</param>
    /// <param name="call">The validated request.</param>
    /// <returns>Null, with <paramref name="call"/> set, or the refusal.</returns>
    public GatewayRefusal? Validate(WireRequest request, TimeSpan clockSkew, bool checkNonce, out Call? call)
    {
        call = null;
        if (request.Method is not ("GET" or "POST"))
        {
            return GatewayRefusal.UnsupportedMethod;
        }

        if (request.Path is not "/")
        {
            return GatewayRefusal.ApiNotFound;
        }

        if (SignedCall.Read(request, requireSignedHost, out var signed) is { } unreadable)
        {
            return unreadable;
        }

        if (ActionCatalog.Refuse(signed!.Action, signed.Version) is { } unavailable)
        {
            return unavailable;
        }

        if (!_keys.TryGetValue(signed.AccessKeyId, out var key))
        {
            return GatewayRefusal.KeyNotFound;
        }

        if (key.Inactive)
        {
            return GatewayRefusal.KeyInactive;
        }

        var trueTime = clock.GetUtcNow();
        var now = trueTime + clockSkew;
        if (CheckToken(key, signed.SecurityToken, now) is { } badToken)
        {
            return badToken;
        }

        if (!DateTimeOffset.TryParseExact(signed.Timestamp, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var timestamp))
        {
            return GatewayRefusal.TimeMalformed;
        }

        if ((now - timestamp).Duration() > TimeWindow)
        {
            return GatewayRefusal.TimeExpired;
        }

        if (!signed.IsSignedWith(key.Secret))
        {
            return GatewayRefusal.SignatureMismatch(signed.MismatchMessage);
        }

        if (checkNonce && !_nonces.Remember(key.Id, signed.Nonce, trueTime, Latest(trueTime, timestamp, timestamp - clockSkew) + TimeWindow))
        {
            return GatewayRefusal.NonceUsed;
        }

        if (!key.Permitted)
        {
            return signed.NotPermitted;
        }

        call = new Call(request, signed);
        return null;
    }

    // By the true time, so that a single request with a skewed clock does not make the memory forget all others.
    private static DateTimeOffset Latest(DateTimeOffset trueTime, DateTimeOffset timestamp, DateTimeOffset unskewed)
    {
        var latest = timestamp > unskewed ? timestamp : unskewed;
        return latest > trueTime ? latest : trueTime;
    }

    private GatewayRefusal? CheckToken(SandboxAccessKey key, string? token, DateTimeOffset now)
    {
        if (key.SecurityToken is null && token is null)
        {
            return null;
        }

        if (token is null)
        {
            return GatewayRefusal.TokenMissing;
        }

        if (!string.Equals(token, key.SecurityToken, StringComparison.Ordinal))
        {
            return accessKeys.Any(other => string.Equals(other.SecurityToken, token, StringComparison.Ordinal))
                ? GatewayRefusal.TokenMismatch
                : GatewayRefusal.TokenMalformed;
        }

        return now >= key.SecurityTokenExpires ? GatewayRefusal.TokenExpired : null;
    }
}
