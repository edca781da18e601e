using System.Xml;
using IotCard.Client.Rules;

namespace IotCard.Client.Service;

/// <summary>
/// Reads the XML form of a response: <c>&lt;Error&gt;</c> from the gateway, <c>&lt;…Response&gt;</c> from the service.
/// It is read element by element down to a maximum depth, so that endless nesting costs no stack.
/// </summary>
internal static class XmlResponse
{
    /// <summary>The service's documents are three levels deep.</summary>
    private const int MaximumDepth = 16;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ResponseReader.MaximumLength,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    internal static ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            var values = ReadValues(reader);
            return values is null || GatewayText.Clean(Value(values, "Code")) is not { Length: > 0 } code
                ? null
                : new ServiceResponse
                {
                    HttpStatus = httpStatus,
                    Code = code,
                    Message = GatewayText.Clean(Value(values, "Message")),
                    RequestId = GatewayText.Clean(Value(values, "RequestId")),
                    IsModSuccess = bool.TryParse(Value(values, "IotModBind/IsModSuccess")?.Trim(), out var value) ? value : null,
                };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Reads the texts of the root's elements, and those of their children by both names.</summary>
    /// <returns>The texts; null if the document is deeper than any of the service's, or contains a name twice.</returns>
    private static Dictionary<string, string>? ReadValues(XmlReader reader)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var parent = "";
        string? field = null;
        while (reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element when reader.Depth > MaximumDepth:
                    return null;
                case XmlNodeType.Element:
                    parent = reader.Depth == 1 ? reader.LocalName : parent;
                    field = reader.Depth switch { 1 => reader.LocalName, 2 => parent + "/" + reader.LocalName, _ => null };
                    if (field is not null && !names.Add(field))
                    {
                        return null;
                    }

                    field = reader.IsEmptyElement ? null : field;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace when field is not null:
                    values[field] = values.TryGetValue(field, out var begun) ? begun + reader.Value : reader.Value;
                    break;
                case XmlNodeType.EndElement:
                    field = null;
                    break;
            }
        }

        return values;
    }

    private static string? Value(Dictionary<string, string> values, string path) => values.TryGetValue(path, out var value) ? value : null;
}
