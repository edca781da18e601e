using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Sources;

/// <summary>A response of STS: a credential or an error.</summary>
internal sealed class StsResponse
{
    [JsonPropertyName("Credentials")]
    public IssuedCredential? Credentials { get; init; }

    [JsonPropertyName("Code")]
    public string? Code { get; init; }

    [JsonPropertyName("Message")]
    public string? Message { get; init; }

    [JsonPropertyName("RequestId")]
    public string? RequestId { get; init; }
}
