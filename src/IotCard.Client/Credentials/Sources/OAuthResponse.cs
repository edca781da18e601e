using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Sources;

/// <summary>The answer to an OAuth token's exchange, <c>POST /v1/exchange</c>.</summary>
internal sealed class OAuthResponse
{
    [JsonPropertyName("accessKeyId")]
    public string? AccessKeyId { get; init; }

    [JsonPropertyName("accessKeySecret")]
    public string? AccessKeySecret { get; init; }

    [JsonPropertyName("securityToken")]
    public string? SecurityToken { get; init; }

    [JsonPropertyName("expiration")]
    public string? Expiration { get; init; }

    internal IssuedCredential ToIssued() => new()
    {
        AccessKeyId = AccessKeyId,
        AccessKeySecret = AccessKeySecret,
        SecurityToken = SecurityToken,
        Expiration = Expiration,
    };

    /// <summary>Says that it is one; never what it holds.</summary>
    public override string ToString() => nameof(OAuthResponse);
}
