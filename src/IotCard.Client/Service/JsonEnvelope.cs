using System.Text.Json.Serialization;

namespace IotCard.Client.Service;

/// <summary>
/// The JSON form of an answer; the gateway's own answers have the same three first fields. Its properties can be set, as
/// the serializer goes a longer way to fill those that are only initialized.
/// </summary>
internal sealed class JsonEnvelope
{
    public string? RequestId { get; set; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Code { get; set; }

    public string? Message { get; set; }

    public ModBind? IotModBind { get; set; }

    internal sealed class ModBind
    {
        [JsonConverter(typeof(LenientBooleanConverter))]
        public bool? IsModSuccess { get; set; }
    }
}
