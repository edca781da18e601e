using System.Text.Json.Serialization;

namespace IotCard.Client.Service;

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(JsonEnvelope))]
internal sealed partial class AnswerJsonContext : JsonSerializerContext;
