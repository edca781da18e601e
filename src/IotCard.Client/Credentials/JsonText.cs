using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IotCard.Client.Credentials;

/// <summary>Reads the JSON of profile files and of services that issue credentials.</summary>
internal static class JsonText
{
    /// <summary>Deserializes from UTF-8, in which half a surrogate pair becomes U+FFFD instead of a different kind of error.</summary>
    /// <exception cref="JsonException">The text does not have the expected form.</exception>
    internal static T? Deserialize<T>(string text, JsonTypeInfo<T> type)
        where T : class =>
        JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(text), type);

    /// <summary>Deserializes a response; null if it does not have the expected form. No reason is returned: the text may be a secret.</summary>
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
