using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Profiles;

/// <summary>The JSON of <c>config.json</c>.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(CliConfig))]
internal sealed partial class ProfileJson : JsonSerializerContext;
