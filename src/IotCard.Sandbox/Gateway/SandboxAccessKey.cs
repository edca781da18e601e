namespace IotCard.Sandbox.Gateway;

/// <summary>An AccessKey that the sandbox accepts.</summary>
/// <param name="Id">The AccessKey ID.</param>
/// <param name="Secret">The secret that requests are signed with.</param>
public sealed record SandboxAccessKey(string Id, string Secret)
{
    /// <summary>
    /// The security token of a temporary AccessKey. A request with such a key must have exactly this token; one with a
    /// permanent key must have none.
    /// </summary>
    public string? SecurityToken { get; init; }

    /// <summary>When <see cref="SecurityToken"/> expires, by the sandbox's clock; null = never.</summary>
    public DateTimeOffset? SecurityTokenExpires { get; init; }

    /// <summary>A disabled key: every request is refused with <c>InvalidAccessKeyId.Inactive</c>.</summary>
    public bool Inactive { get; init; }

    /// <summary>
    /// Whether the key's user may call the actions. If not, a correctly signed request is refused with
    /// <c>NoPermission</c> (ACS3-HMAC-SHA256) or <c>Forbidden.RAM</c> (HMAC-SHA1).
    /// </summary>
    public bool Permitted { get; init; } = true;

    /// <summary>Whether the key's user may look events up in the audit trail; if not, <c>LookupEvents</c> is refused with <c>NoPermission</c>.</summary>
    public bool MayLookUpEvents { get; init; } = true;

    /// <summary>Only the AccessKey ID: neither secret nor token.</summary>
    /// <returns><see cref="Id"/>.</returns>
    public override string ToString() => Id;
}
