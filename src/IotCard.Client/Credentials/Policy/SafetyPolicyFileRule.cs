using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Policy;

/// <summary>One rule of <c>safety-policy.json</c>.</summary>
internal sealed class SafetyPolicyFileRule
{
    [JsonPropertyName("pattern")]
    public string? Pattern { get; init; }

    [JsonPropertyName("action")]
    public string? Action { get; init; }
}
