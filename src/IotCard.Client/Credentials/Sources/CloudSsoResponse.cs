using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Sources;

/// <summary>CloudSSO's response to <c>POST /cloud-credentials</c>.</summary>
internal sealed class CloudSsoResponse
{
    [JsonPropertyName("CloudCredential")]
    public IssuedCredential? CloudCredential { get; init; }
}
