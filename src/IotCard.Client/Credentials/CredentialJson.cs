using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IotCard.Client.Credentials.Profiles;
using IotCard.Client.Credentials.Sources;

namespace IotCard.Client.Credentials;

/// <summary>The JSON of profile files and of services that issue credentials.</summary>
[JsonSourceGenerationOptions(NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(CliConfig))]
[JsonSerializable(typeof(StsResponse))]
[JsonSerializable(typeof(IssuedCredential))]
[JsonSerializable(typeof(CloudSsoResponse))]
[JsonSerializable(typeof(CloudSsoRequest))]
[JsonSerializable(typeof(OAuthResponse))]
[JsonSerializable(typeof(ExternalOutput))]
internal sealed partial class CredentialJson : JsonSerializerContext
{
    /// <summary>Reads by way of UTF-8, where half a surrogate pair becomes U+FFFD instead of an error of its own kind.</summary>
    /// <exception cref="JsonException">It is not of the form.</exception>
    internal static T? Deserialize<T>(string text, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), type);

    /// <summary>Reads an answer; null where it is not of the form. What is wrong stays untold: the text may be a secret.</summary>
    internal static T? Read<T>(string text, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Deserialize(text, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
