using System.Text.Json;
using IotCard.Client.Service;

namespace IotCard.Client.Queries;

/// <summary>
/// The fields of a JSON object, by name in any letter case: samples have both. An identifier may be text or a number,
/// which is read by its own text, because as a double it would lose its last digits.
/// </summary>
internal readonly struct AuditFields(JsonElement json)
{
    /// <summary>A field as text, made safe to show; null if it is absent or no single value.</summary>
    internal string? Text(string name) => GatewayText.Clean(RawText(name));

    /// <summary>A field as text, unchanged.</summary>
    internal string? RawText(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value => value.GetRawText(),
        _ => null,
    };

    /// <summary>An object; without fields if it is absent. It may be written as a text that has it.</summary>
    internal AuditFields Object(string name)
    {
        var found = Find(name);
        if (found is { ValueKind: JsonValueKind.String } text && text.GetString() is ['{', ..] written)
        {
            try
            {
                using var document = JsonDocument.Parse(written);
                return new AuditFields(document.RootElement.Clone());
            }
            catch (JsonException)
            {
                return default;
            }
        }

        return new AuditFields(found ?? default);
    }

    /// <summary>A list of objects: empty if the field is absent, null if it is something else.</summary>
    internal IEnumerable<AuditFields>? List(string name) => Find(name) switch
    {
        null or { ValueKind: JsonValueKind.Null } => [],
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().Select(static item => new AuditFields(item)),
        _ => null,
    };

    private JsonElement? Find(string name)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var field in json.EnumerateObject())
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value;
            }
        }

        return null;
    }
}
