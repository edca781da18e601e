using IotCard.Client.Cards;

namespace IotCard.Client.Journaling;

/// <summary>The job that a journal is of.</summary>
/// <param name="Operation">What is done to the cards.</param>
/// <param name="Endpoint">Scheme, host and port of the service.</param>
public sealed record JournalJob(BindingOperation Operation, Uri Endpoint)
{
    /// <summary>Names the job, as errors do.</summary>
    /// <returns>The operation and the endpoint.</returns>
    public override string ToString() => $"{Operation}, {Endpoint.GetLeftPart(UriPartial.Authority)}";
}
