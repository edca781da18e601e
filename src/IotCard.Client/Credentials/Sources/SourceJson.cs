using System.Text.Json.Serialization;

namespace IotCard.Client.Credentials.Sources;

/// <summary>The JSON of services and commands that issue credentials. OAuth writes the names of STS in lower case.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(StsResponse))]
[JsonSerializable(typeof(IssuedCredential))]
[JsonSerializable(typeof(CloudSsoResponse))]
[JsonSerializable(typeof(CloudSsoRequest))]
[JsonSerializable(typeof(ExternalOutput))]
internal sealed partial class SourceJson : JsonSerializerContext;
