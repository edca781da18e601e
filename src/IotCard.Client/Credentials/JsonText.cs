using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IotCard.Client.Credentials;

/// <summary>Reads the JSON of profile files and of services that issue credentials.</summary>
internal static class JsonText
{
    /// <summary>Reads by way of UTF-8, where half a surrogate pair becomes U+FFFD instead of an error of its own kind.</summary>
    /// <exception cref="JsonException">It is not of the expected form.</exception>
    internal static T? Deserialize<T>(string text, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), type);

    /// <summary>Reads a response; null where it is not of the expected form. The reason is not given: the text may be a secret.</summary>
    internal static T? TryDeserialize<T>(string text, JsonTypeInfo<T> type)
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
