using System.Xml;
using System.Xml.Linq;

namespace IotCard.Client.Service;

/// <summary>The XML form of an answer: <c>&lt;Error&gt;</c> from the gateway, <c>&lt;…Response&gt;</c> from the service.</summary>
internal static class XmlResponse
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = ResponseReader.MaximumLength,
    };

    internal static ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body)
    {
        try
        {
            using var stream = new MemoryStream(body.ToArray(), writable: false);
            using var reader = XmlReader.Create(stream, Settings);
            var root = XDocument.Load(reader).Root;
            return root is null || Value(root, "Code") is not { Length: > 0 } code
                ? null
                : new ServiceResponse
                {
                    HttpStatus = httpStatus,
                    Code = code,
                    Message = Value(root, "Message"),
                    RequestId = Value(root, "RequestId"),
                    IsModSuccess = Child(root, "IotModBind") is { } bind && bool.TryParse(Value(bind, "IsModSuccess"), out var value)
                        ? value
                        : null,
                };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(e => string.Equals(e.Name.LocalName, name, StringComparison.OrdinalIgnoreCase));

    private static string? Value(XElement parent, string name) => GatewayText.Clean(Child(parent, name)?.Value);
}
