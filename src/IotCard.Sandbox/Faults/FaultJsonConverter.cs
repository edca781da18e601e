using System.Text.Json;
using System.Text.Json.Serialization;

namespace IotCard.Sandbox.Faults;

/// <summary>A <see cref="Fault"/> as a JSON string.</summary>
internal sealed class FaultJsonConverter : JsonConverter<Fault>
{
    public override Fault Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new JsonException("A fault is a string: Kind or Kind@Moment.");
        }

        try
        {
            return Fault.Parse(reader.GetString()!);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, Fault value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
