using System.Net;
using System.Text.Json;

namespace IotCard.Sandbox.Tests.Signing;

/// <summary>A response of the sandbox.</summary>
internal sealed record TestResponse(HttpStatusCode Status, string Body, HttpResponseMessage Response)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Code => Json.GetProperty(nameof(Code)).GetString()!;

    public string Message => Json.GetProperty(nameof(Message)).GetString()!;

    public bool IsModSuccess => Json.GetProperty("IotModBind").GetProperty(nameof(IsModSuccess)).GetBoolean();

    public string[] FieldNames(string? payload = null) =>
        [.. (payload is null ? Json : Json.GetProperty(payload)).EnumerateObject().Select(field => field.Name)];
}
