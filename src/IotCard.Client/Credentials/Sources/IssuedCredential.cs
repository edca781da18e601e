using System.Text.Json.Serialization;
using IotCard.Client.Signing;

namespace IotCard.Client.Credentials.Sources;

/// <summary>A credential as issued by STS, the metadata service, a credentials URI, CloudSSO and OAuth.</summary>
internal sealed class IssuedCredential
{
    [JsonPropertyName("Code")]
    public string? Code { get; init; }

    [JsonPropertyName("AccessKeyId")]
    public string? AccessKeyId { get; init; }

    [JsonPropertyName("AccessKeySecret")]
    public string? AccessKeySecret { get; init; }

    [JsonPropertyName("SecurityToken")]
    public string? SecurityToken { get; init; }

    [JsonPropertyName("Expiration")]
    public string? Expiration { get; init; }

    /// <exception cref="CredentialException"><c>InvalidResponse</c>: a part is missing, or the time is invalid.</exception>
    internal Credential ToCredential(LocalizableMessage where, bool requireExpiration)
    {
        var end = default(DateTimeOffset?);
        if (CredentialFactory.TryParseTime(Expiration, out var time))
        {
            end = time;
        }
        else if (requireExpiration || !string.IsNullOrEmpty(Expiration))
        {
            throw new CredentialException(
                CredentialErrorCode.InvalidResponse, new LocalizableMessage("NoEnd", $"{where}: the response does not say when the credential expires."));
        }

        return CredentialFactory.CreateTemporary(
            AccessKeyId, AccessKeySecret, SecurityToken, end, CredentialErrorCode.InvalidResponse, where);
    }

    /// <summary>The type's name; never the contents.</summary>
    public override string ToString() => nameof(IssuedCredential);
}
