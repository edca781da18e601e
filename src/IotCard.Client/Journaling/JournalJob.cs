using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>The job that a journal belongs to.</summary>
/// <param name="Operation">The operation on the cards.</param>
/// <param name="Endpoint">Scheme, host and port of the service.</param>
public sealed record JournalJob(BindingOperation Operation, Uri Endpoint)
{
    /// <summary>The job's name in errors.</summary>
    /// <returns>The operation and the endpoint.</returns>
    public override string ToString() => $"{Operation}, {Endpoint.GetLeftPart(UriPartial.Authority)}";
}
