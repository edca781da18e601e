using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace IotCard.Sandbox.Wire;

/// <summary>Turns a <see cref="SandboxResponse"/> into bytes.</summary>
internal static class ResponseWriter
{
    // Chinese is sent as UTF-8, not escaped.
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly XmlWriterSettings XmlSettings = new() { OmitXmlDeclaration = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string ContentType(SandboxResponse response) => response.AsXml ? "text/xml;charset=utf-8" : "application/json;charset=utf-8";

    public static ReadOnlyMemory<byte> Write(SandboxResponse response)
    {
        var buffer = new ArrayBufferWriter<byte>(initialCapacity: 512);
        if (response.AsXml)
        {
            WriteXml(response, buffer);
        }
        else
        {
            WriteJson(response, buffer);
        }

        return buffer.WrittenMemory;
    }

    private static void WriteJson(SandboxResponse response, ArrayBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, JsonOptions);
        json.WriteStartObject();
        foreach (var field in Fields(response))
        {
            WriteJson(field, json);
        }

        json.WriteEndObject();
    }

    private static void WriteJson(ResponseField field, Utf8JsonWriter json)
    {
        json.WritePropertyName(field.Name);
        WriteJsonValue(field, json);
    }

    private static void WriteJsonValue(ResponseField field, Utf8JsonWriter json)
    {
        switch (field.Value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                {
                    json.WriteStringValue(text);
                }

                json.WriteEndArray();
                break;
            case IEnumerable<ResponseField> fields:
                json.WriteStartObject();
                foreach (var inner in fields)
                {
                    WriteJson(inner, json);
                }

                json.WriteEndObject();
                break;
            case IEnumerable<ResponseField[]> objects:
                json.WriteStartArray();
                foreach (var fields in objects)
                {
                    WriteJsonValue(ResponseField.Object(field.Name, fields), json);
                }

                json.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"{field.Name} cannot be written.");
        }
    }

    private static void WriteXml(SandboxResponse response, ArrayBufferWriter<byte> buffer)
    {
        buffer.Write("<?xml version='1.0' encoding='UTF-8'?>"u8);
        using var text = new MemoryStream();
        using (var xml = XmlWriter.Create(text, XmlSettings))
        {
            xml.WriteStartElement(response.Root);
            foreach (var field in Fields(response))
            {
                WriteXml(field, xml);
            }

            xml.WriteEndElement();
        }

        buffer.Write(text.GetBuffer().AsSpan(0, (int)text.Length));
    }

    private static void WriteXml(ResponseField field, XmlWriter xml)
    {
        switch (field.Value)
        {
            case string text:
                xml.WriteElementString(field.Name, Printable(text));
                break;
            case bool flag:
                xml.WriteElementString(field.Name, XmlConvert.ToString(flag));
                break;
            case long number:
                xml.WriteElementString(field.Name, XmlConvert.ToString(number));
                break;
            case decimal number:
                xml.WriteElementString(field.Name, XmlConvert.ToString(number));
                break;
            case IEnumerable<string> texts:
                foreach (var text in texts)
                {
                    xml.WriteElementString(field.Name, Printable(text));
                }

                break;
            case IEnumerable<ResponseField> fields:
                xml.WriteStartElement(field.Name);
                foreach (var inner in fields)
                {
                    WriteXml(inner, xml);
                }

                xml.WriteEndElement();
                break;
            case IEnumerable<ResponseField[]> objects:
                foreach (var fields in objects)
                {
                    WriteXml(ResponseField.Object(field.Name, fields), xml);
                }

                break;
            default:
                throw new InvalidOperationException($"{field.Name} cannot be written.");
        }
    }

    // A refusal echoes parts of the request, which may contain characters that XML does not allow.
    private static string Printable(string value) =>
        value.All(XmlConvert.IsXmlChar) ? value : string.Concat(value.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));

    private static IEnumerable<ResponseField> Fields(SandboxResponse response)
    {
        yield return new ResponseField("RequestId", RequestIds.Format(response.RequestId));
        if (response.HostId is { } host)
        {
            yield return new ResponseField("HostId", host);
        }

        if (!response.OmitsCode)
        {
            yield return new ResponseField("Code", response.Code);
        }

        if (response.Message is { } message)
        {
            yield return new ResponseField("Message", message);
        }

        if (response.Recommend is { } recommend)
        {
            yield return new ResponseField("Recommend", recommend);
        }

        if (response.Payload is { } payload)
        {
            yield return payload;
        }

        foreach (var detail in response.Details)
        {
            yield return detail;
        }
    }
}
