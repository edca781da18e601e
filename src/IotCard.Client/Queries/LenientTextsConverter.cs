using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotCard.Client.Queries;

/// <summary>Reads a list of texts; a single text becomes a list of one.</summary>
internal sealed class LenientTextsConverter : JsonConverter<string[]?>
{
    private static readonly LenientTextConverter Text = new();

    /// <inheritdoc/>
    public override string[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return Text.Read(ref reader, typeof(string), options) is { } single ? [single] : null;
        }

        List<string> texts = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (Text.Read(ref reader, typeof(string), options) is { } text)
            {
                texts.Add(text);
            }
        }

        return [.. texts];
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string[]? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
