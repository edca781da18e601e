using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace IotCard.Sandbox;

/// <summary>Turns an <see cref="SandboxResponse"/> into bytes.</summary>
internal static class ResponseWriter
{
    // Chinese goes over the wire as UTF-8, not as escapes.
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly XmlWriterSettings XmlSettings = new() { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string ContentType(SandboxResponse answer) => answer.AsXml ? "text/xml;charset=utf-8" : "application/json;charset=utf-8";

    public static ReadOnlyMemory<byte> Write(SandboxResponse answer)
    {
        var buffer = new ArrayBufferWriter<byte>(initialCapacity: 512);
        if (answer.AsXml)
            WriteXml(answer, buffer);
        else
            WriteJson(answer, buffer);
        return buffer.WrittenMemory;
    }

    private static void WriteJson(SandboxResponse answer, ArrayBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, JsonOptions);
        json.WriteStartObject();
        foreach (var (name, value) in Envelope(answer))
            json.WriteString(name, value);
        if (answer.Payload is { } payload)
        {
            json.WriteStartObject(payload.Name);
            foreach (var field in payload.Fields)
            {
                if (field.Text is { } text)
                    json.WriteString(field.Name, text);
                else
                    json.WriteBoolean(field.Name, field.Flag);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteXml(SandboxResponse answer, ArrayBufferWriter<byte> buffer)
    {
        buffer.Write("<?xml version='1.0' encoding='UTF-8'?>"u8);
        using var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, XmlSettings))
        {
            xml.WriteStartElement(answer.Root);
            foreach (var (name, value) in Envelope(answer))
                xml.WriteElementString(name, Printable(value));
            if (answer.Payload is { } payload)
            {
                xml.WriteStartElement(payload.Name);
                foreach (var field in payload.Fields)
                    xml.WriteElementString(field.Name, Printable(field.Text ?? XmlConvert.ToString(field.Flag)));
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        buffer.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    // A refusal echoes what the request said, and not everything a request can say can stand in XML.
    private static string Printable(string value) =>
        value.All(XmlConvert.IsXmlChar) ? value : string.Concat(value.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));

    private static IEnumerable<(string Name, string Value)> Envelope(SandboxResponse answer)
    {
        yield return ("RequestId", RequestIds.Format(answer.RequestId));
        if (answer.HostId is { } host)
            yield return ("HostId", host);
        yield return ("Code", answer.Code);
        yield return ("Message", answer.Message);
        if (answer.Recommend is { } recommend)
            yield return ("Recommend", recommend);
    }
}
