using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Sources;

/// <summary>The body of <c>POST /cloud-credentials</c>.</summary>
internal sealed class CloudSsoRequest
{
    [JsonPropertyName("AccountId")]
    public string? AccountId { get; init; }

    [JsonPropertyName("AccessConfigurationId")]
    public string? AccessConfigurationId { get; init; }
}
