using IotCard.Client.Rules;

namespace IotCard.Client.Queries;

/// <summary>Looks up a card, first among the open and then among the closed cards, which the service keeps apart.</summary>
internal sealed class CardLookup(QuerySender sender, CardApi api)
{
    /// <summary>Finds a card.</summary>
    /// <param name="iccid">Its ICCID.</param>
    /// <param name="instanceId">Its instance id, which helps to find a closed card; null if unknown.</param>
    /// <param name="stop">Prevents further requests.</param>
    /// <returns>The card; otherwise the service's response to the query for an open one.</returns>
    internal async Task<QueryOutcome<CardDetail>> FindAsync(string iccid, string? instanceId, CancellationToken stop)
    {
        var open = await AskAsync(iccid, isClosed: false, instanceId, stop).ConfigureAwait(false);
        if (!open.IsRefusedByService)
        {
            return open;
        }

        // The response for a missing card is not documented, so any refusal may mean that the card is closed.
        var closed = await AskAsync(iccid, isClosed: true, instanceId, stop).ConfigureAwait(false);
        return (closed.IsRefusedByService ? open : closed) with
        {
            Attempts = open.Attempts + closed.Attempts,
            Elapsed = open.Elapsed + closed.Elapsed,
        };
    }

    private async Task<QueryOutcome<CardDetail>> AskAsync(string iccid, bool isClosed, string? instanceId, CancellationToken stop)
    {
        var outcome = await sender.SendAsync(api.Describe(iccid, isClosed, instanceId), stop).ConfigureAwait(false);
        return outcome.Value?.Iccid is not { } described || string.Equals(described, iccid, StringComparison.OrdinalIgnoreCase)
            ? outcome
            : outcome with { Value = null, Code = AttemptCode.ResponseOutOfStep };
    }
}
