using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Policy;

/// <summary>The JSON of <c>safety-policy.json</c>.</summary>
[JsonSerializable(typeof(SafetyPolicyFile))]
internal sealed partial class PolicyJson : JsonSerializerContext;
