using System.Globalization;
using System.Text.Json;
using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>
/// Reads the JSON form of a response of the service or the gateway, whose names come in upper and lower case. Anything
/// else is not a response.
/// </summary>
/// <remarks>
/// Read token by token: a source-generated model takes as long, but allocates 544 bytes more per card, and adds some
/// 15 ms to the first card of a process.
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
            // Text that is not valid UTF-8 is invalid, too.
            return null;
        }
    }

    private static ServiceResponse? ReadObject(int httpStatus, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        string? code = null, message = null, requestId = null;
        bool? isModSuccess = null;
        var (hasCode, hasModBind) = (false, false);
        while (ReadName(ref reader))
        {
            if (IsNamed(ref reader, "Code"u8, "Code"))
            {
                RequireFirst(ref hasCode);
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
                RequireFirst(ref hasModBind);
                isModSuccess = ReadModBind(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // Anything after the object makes the reader throw.
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
        var hasValue = false;
        while (ReadName(ref reader))
        {
            if (IsNamed(ref reader, "IsModSuccess"u8, "IsModSuccess"))
            {
                RequireFirst(ref hasValue);
                isModSuccess = ReadBoolean(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return isModSuccess;
    }

    /// <summary>Advances to the next name of an object.</summary>
    /// <returns>False at the end of the object.</returns>
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

    /// <summary>Also accepts a code that a proxy or an older gateway writes as a number.</summary>
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

    /// <summary><c>true</c> and <c>"true"</c> alike, as in the vendor's own clients; anything else is unreadable, never false.</summary>
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

    /// <summary>Of two values, neither is certain.</summary>
    private static void RequireFirst(ref bool isKnown)
    {
        Require(!isKnown);
        isKnown = true;
    }

    private static void Require(bool isOfTheForm)
    {
        if (!isOfTheForm)
        {
            throw new JsonException();
        }
    }
}
