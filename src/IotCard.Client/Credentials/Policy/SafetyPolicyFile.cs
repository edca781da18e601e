using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Policy;

/// <summary>The contents of <c>safety-policy.json</c>.</summary>
internal sealed class SafetyPolicyFile
{
    [JsonPropertyName("enabled")]
    public bool Enabled { get; init; }

    [JsonPropertyName("rules")]
    public IReadOnlyList<SafetyPolicyFileRule?>? Rules { get; init; }
}
