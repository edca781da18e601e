using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Queries;

/// <summary>The responses of a query: the envelope of the binding action, and the result within it.</summary>
/// <param name="type">How the body is read.</param>
/// <param name="select">Selects the result from the body; null if it is missing.</param>
internal class PayloadFormat<TBody>(JsonTypeInfo<TBody> type, Func<TBody, object?> select) : ResponseFormat
    where TBody : class
{
    /// <inheritdoc/>
    internal sealed override ServiceResponse? Read(int httpStatus, ReadOnlySpan<byte> body) =>
        base.Read(httpStatus, body) is { } envelope ? Complete(envelope, TryRead(body)) : null;

    /// <summary>Adds the body's contents to the envelope.</summary>
    private protected virtual ServiceResponse Complete(ServiceResponse envelope, TBody? body) =>
        envelope with { Payload = body is not null && envelope.Code == ServiceCode.Ok ? select(body) : null };

    private TBody? TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body.StartsWith("\uFEFF"u8) ? body[3..] : body, type);
        }
        catch (JsonException)
        {
            // The envelope was readable, and says what there is to say.
            return null;
        }
    }
}
