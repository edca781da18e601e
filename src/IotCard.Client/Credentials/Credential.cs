using IotCard.Client.Signing;

namespace IotCard.Client.Credentials;

/// <summary>An AccessKey pair, with a security token where it is a temporary one. It never shows its secret.</summary>
public sealed class Credential
{
    /// <summary>Makes a credential.</summary>
    /// <param name="accessKeyId">The AccessKey ID.</param>
    /// <param name="accessKeySecret">The AccessKey secret.</param>
    /// <param name="securityToken">The STS token of a temporary credential; null or empty for a lasting one.</param>
    /// <param name="expiration">When the token ends, UTC; null where it is not known or never.</param>
    /// <exception cref="ArgumentException">The ID or the secret is empty.</exception>
    public Credential(string accessKeyId, string accessKeySecret, string? securityToken = null, DateTimeOffset? expiration = null)
    {
        if (string.IsNullOrEmpty(accessKeyId))
        {
            throw new ArgumentException("An AccessKey ID is needed.", nameof(accessKeyId));
        }

        if (string.IsNullOrEmpty(accessKeySecret))
        {
            throw new ArgumentException("An AccessKey secret is needed.", nameof(accessKeySecret));
        }

        AccessKeyId = accessKeyId;
        AccessKeySecret = accessKeySecret;
        SecurityToken = string.IsNullOrEmpty(securityToken) ? null : securityToken;
        Expiration = expiration;
        HmacSha256 = new HmacSha256Key(accessKeySecret);
    }

    /// <summary>The AccessKey ID.</summary>
    public string AccessKeyId { get; }

    /// <summary>The AccessKey ID as it may be shown: its first four and last four characters.</summary>
    public string MaskedAccessKeyId =>
        AccessKeyId.Length <= 8
            ? new string('*', AccessKeyId.Length)
            : AccessKeyId[..4] + new string('*', AccessKeyId.Length - 8) + AccessKeyId[^4..];

    /// <summary>When a temporary credential ends, UTC; null where it is not known or never.</summary>
    public DateTimeOffset? Expiration { get; }

    /// <summary>Whether it carries a security token.</summary>
    public bool IsTemporary => SecurityToken is not null;

    internal string AccessKeySecret { get; }

    internal string? SecurityToken { get; }

    /// <summary>Signs with the secret.</summary>
    internal HmacSha256Key HmacSha256 { get; }

    /// <summary>Names the key by its masked ID; never the secret or the token.</summary>
    /// <returns>The masked AccessKey ID.</returns>
    public override string ToString() => MaskedAccessKeyId;
}
