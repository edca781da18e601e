using System.Text.Json.Serialization;

namespace IotCard.Client.Service;

/// <summary>The JSON form of an answer; the gateway's own answers have the same three first fields.</summary>
internal sealed class JsonEnvelope
{
    public string? RequestId { get; init; }

    [JsonConverter(typeof(LenientStringConverter))]
    public string? Code { get; init; }

    public string? Message { get; init; }

    public ModBind? IotModBind { get; init; }

    internal sealed class ModBind
    {
        [JsonConverter(typeof(LenientBooleanConverter))]
        public bool? IsModSuccess { get; init; }
    }
}
