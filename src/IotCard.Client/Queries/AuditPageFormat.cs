using System.Text.Json;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Queries;

/// <summary>The responses of <c>LookupEvents</c>: a success has a <c>RequestId</c> and events, and no <c>Code</c>.</summary>
internal sealed class AuditPageFormat : ResponseFormat
{
    /// <summary>More than 50 events with long parameters.</summary>
    internal override int MaximumLength => 4 * 1024 * 1024;

    /// <inheritdoc/>
    internal override ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body) =>
        base.Read(httpStatus, body) ?? (httpStatus == 200 ? TryReadPage(httpStatus, body) : null);

    private static ServiceResponse? TryReadPage(int httpStatus, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            using var document = JsonDocument.ParseValue(ref reader);
            var fields = new AuditFields(document.RootElement);
            return fields.Text("RequestId") is { Length: > 0 } requestId && fields.List("Events") is { } events
                ? new ServiceResponse
                {
                    HttpStatus = httpStatus,
                    Code = ServiceCode.Ok,
                    RequestId = requestId,
                    Payload = new AuditPage([.. events.Select(AuditEventReader.Read)], fields.RawText("NextToken") is { Length: > 0 } next ? next : null),
                }
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
