using System.Text.Json.Serialization;

namespace IotCard.Client.Queries;

/// <summary>How the bodies of queries are read: names in any letter case, and values in any unambiguous form.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(LenientTextConverter), typeof(LenientTextsConverter), typeof(LenientBooleanConverter)])]
[JsonSerializable(typeof(ImeiExistBody))]
[JsonSerializable(typeof(PostImeiBody))]
[JsonSerializable(typeof(CardDetailBody))]
internal sealed partial class QueryJsonContext : JsonSerializerContext;
