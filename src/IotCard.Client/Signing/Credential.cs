using IotCard.Client.Sanitizing;

namespace IotCard.Client.Signing;

/// <summary>An AccessKey pair, with a security token if it is temporary. It never shows its secret.</summary>
public sealed class Credential
{
    private readonly Lazy<HmacKey> _hmacSha256;
    private readonly Lazy<HmacKey> _hmacSha1;
    private readonly Lazy<SecretRedactor> _redactor;

    /// <summary>Creates a credential.</summary>
    /// <param name="accessKeyId">The AccessKey ID.</param>
    /// <param name="accessKeySecret">The AccessKey secret.</param>
    /// <param name="securityToken">The STS token of a temporary credential; null or empty for a permanent one.</param>
    /// <param name="expiration">When the token expires, UTC; null if unknown or never.</param>
    /// <exception cref="ArgumentException">
    /// A part is empty, or contains a character that is never valid and must not get into a header. The message does not show the value.
    /// </exception>
    public Credential(string accessKeyId, string accessKeySecret, string? securityToken = null, DateTimeOffset? expiration = null)
    {
        AccessKeyId = Require(accessKeyId, nameof(accessKeyId));
        AccessKeySecret = Require(accessKeySecret, nameof(accessKeySecret));
        SecurityToken = string.IsNullOrEmpty(securityToken) ? null : Require(securityToken, nameof(securityToken));
        Expiration = expiration;
        _hmacSha256 = new(() => HmacKey.ForSha256(AccessKeySecret));
        _hmacSha1 = new(() => HmacKey.ForSha1(AccessKeySecret + "&"));
        _redactor = new(() => new SecretRedactor(AccessKeySecret, SecurityToken));
    }

    /// <summary>The AccessKey ID.</summary>
    public string AccessKeyId { get; }

    /// <summary>The AccessKey ID as it may be shown: its first and last four characters.</summary>
    public string MaskedAccessKeyId => Mask(AccessKeyId);

    /// <summary>An AccessKey ID as it may be shown.</summary>
    internal static string Mask(string accessKeyId) =>
        accessKeyId.Length <= 8
            ? new string('*', accessKeyId.Length)
            : accessKeyId[..4] + new string('*', accessKeyId.Length - 8) + accessKeyId[^4..];

    /// <summary>When a temporary credential expires, UTC; null if unknown or never.</summary>
    public DateTimeOffset? Expiration { get; }

    /// <summary>Whether it has a security token.</summary>
    public bool IsTemporary => SecurityToken is not null;

    internal string AccessKeySecret { get; }

    internal string? SecurityToken { get; }

    /// <summary>The key for <c>ACS3-HMAC-SHA256</c>.</summary>
    internal HmacKey HmacSha256 => _hmacSha256.Value;

    /// <summary>The key for <c>HMAC-SHA1</c>: the secret and an ampersand.</summary>
    internal HmacKey HmacSha1 => _hmacSha1.Value;

    /// <summary>Removes the secret and the token from others' text.</summary>
    internal SecretRedactor Redactor => _redactor.Value;

    /// <summary>
    /// Clears the prepared keys at the end of a session; the credential can no longer sign. The original texts stay in
    /// memory until the runtime reuses it.
    /// </summary>
    internal void ClearKeys()
    {
        HmacSha256.Dispose();
        HmacSha1.Dispose();
    }

    /// <summary>The masked AccessKey ID; never the secret or the token.</summary>
    /// <returns>The masked AccessKey ID.</returns>
    public override string ToString() => MaskedAccessKeyId;

    private static string Require(string? value, string name) =>
        string.IsNullOrEmpty(value) ? throw new ArgumentException("It is empty.", name)
        : HeaderValue.FindFault(value!) >= 0 ? throw new ArgumentException("It has a blank, a line end or a character outside ASCII in it.", name)
        : value!;
}
