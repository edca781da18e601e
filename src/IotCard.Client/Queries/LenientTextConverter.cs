using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using IotCard.Client.Service;

namespace IotCard.Client.Queries;

/// <summary>Reads text, and a number or Boolean as text, made safe to show; null for anything else.</summary>
internal sealed class LenientTextConverter : JsonConverter<string?>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return GatewayText.Clean(reader.GetString());
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                return GatewayText.Clean(Encoding.UTF8.GetString(reader.ValueSpan.ToArray()));
            default:
                reader.Skip();
                return null;
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
