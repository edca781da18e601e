using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Sources;

/// <summary>The output of an External profile's command.</summary>
internal sealed class ExternalOutput
{
    [JsonPropertyName("mode")]
    public string? Mode { get; init; }

    [JsonPropertyName("access_key_id")]
    public string? AccessKeyId { get; init; }

    [JsonPropertyName("access_key_secret")]
    public string? AccessKeySecret { get; init; }

    [JsonPropertyName("sts_token")]
    public string? StsToken { get; init; }

    [JsonPropertyName("expiration")]
    public string? Expiration { get; init; }

    /// <summary>The type's name; never the contents.</summary>
    public override string ToString() => nameof(ExternalOutput);
}
