using System.Globalization;
using System.Text.Json;

namespace IotCard.Client.Service;

/// <summary>
/// Reads the JSON form of a response, the service's and the gateway's, whose names come in upper and lower case. Anything
/// of another form is no response.
/// </summary>
/// <remarks>
/// Read token by token: a source-generated model takes as long, but 544 bytes more a card, and some 15 ms more for the
/// first card of a process.
/// </remarks>
internal static class JsonResponse
{
    internal static ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body)
    {
        try
        {
            return ReadObject(httpStatus, body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Invalid is also a text that is no UTF-8.
            return null;
        }
    }

    private static ServiceResponse? ReadObject(int httpStatus, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        string? code = null, message = null, requestId = null;
        bool? isModSuccess = null;
        while (ReadName(ref reader))
        {
            if (IsNamed(ref reader, "Code"u8, "Code"))
            {
                code = ReadCode(ref reader);
            }
            else if (IsNamed(ref reader, "Message"u8, "Message"))
            {
                message = ReadText(ref reader);
            }
            else if (IsNamed(ref reader, "RequestId"u8, "RequestId"))
            {
                requestId = ReadText(ref reader);
            }
            else if (IsNamed(ref reader, "IotModBind"u8, "IotModBind"))
            {
                isModSuccess = ReadModBind(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Anything behind the object makes the reader throw.
        reader.Read();
        return string.IsNullOrWhiteSpace(code)
            ? null
            : new ServiceResponse
            {
                HttpStatus = httpStatus,
                Code = GatewayText.Clean(code)!,
                Message = GatewayText.Clean(message),
                RequestId = GatewayText.Clean(requestId),
                IsModSuccess = isModSuccess,
            };
    }

    private static bool? ReadModBind(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Require(reader.TokenType == JsonTokenType.StartObject);
        bool? isModSuccess = null;
        while (ReadName(ref reader))
        {
            if (IsNamed(ref reader, "IsModSuccess"u8, "IsModSuccess"))
            {
                isModSuccess = ReadBoolean(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return isModSuccess;
    }

    /// <summary>Goes on to the next name of an object.</summary>
    /// <returns>False where the object ends.</returns>
    private static bool ReadName(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, string name) =>
        reader.ValueTextEquals(utf8)
        || ((reader.ValueSpan.Length == utf8.Length || reader.ValueIsEscaped) && string.Equals(reader.GetString(), name, StringComparison.OrdinalIgnoreCase));

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        Require(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
        return reader.GetString();
    }

    /// <summary>A code that a proxy or an older gateway writes as a number is taken, too.</summary>
    private static string? ReadCode(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            Require(reader.TryGetInt64(out var number));
            return number.ToString(CultureInfo.InvariantCulture);
        }

        Require(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
        return reader.GetString();
    }

    /// <summary><c>true</c> and <c>"true"</c> alike, as the vendor's own clients take it; anything else is unreadable, never false.</summary>
    private static bool? ReadBoolean(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Null:
                return null;
            default:
                Require(reader.TokenType == JsonTokenType.String);
                Require(bool.TryParse(reader.GetString(), out var value));
                return value;
        }
    }

    private static void Require(bool isOfTheForm)
    {
        if (!isOfTheForm)
        {
            throw new JsonException();
        }
    }
}
