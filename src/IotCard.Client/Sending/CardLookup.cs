using IotCard.Client.Queries;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>Looks a card up, among the open cards and then among the closed ones, which the service tells apart.</summary>
internal sealed class CardLookup(QuerySender sender, CardApi api)
{
    /// <summary>Finds a card.</summary>
    /// <param name="iccid">Its ICCID.</param>
    /// <param name="instanceId">Its instance id, which helps to find a closed card; null where it is not known.</param>
    /// <param name="stop">Lets no further request leave.</param>
    /// <returns>The card, or why it was not found: what the service said when it was asked for an open one.</returns>
    internal async Task<QueryOutcome<CardDetail>> FindAsync(string iccid, string? instanceId, CancellationToken stop)
    {
        var open = await AskAsync(iccid, isClosed: false, instanceId, stop).ConfigureAwait(false);
        if (!open.IsRefusedByService)
        {
            return open;
        }

        // How a missing card is answered is not documented, so any refusal may mean that the card is closed.
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
