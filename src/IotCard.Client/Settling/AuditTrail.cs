using IotCard.Client.Queries;
using IotCard.Client.Rules;

namespace IotCard.Client.Settling;

/// <summary>Reads the operation's events from the account's audit trail, page by page.</summary>
/// <param name="sender">Sends the lookups, at most <see cref="AuditApi.RequestsPerSecond"/>.</param>
/// <param name="api">The audit trail of a region.</param>
internal sealed class AuditTrail(QuerySender sender, AuditApi api)
{
    /// <summary>Reads all events of a time.</summary>
    /// <param name="start">The first time; at most 90 days ago.</param>
    /// <param name="end">The last time, later than <paramref name="start"/>.</param>
    /// <param name="progress">Called with the number of events so far after each page; null for no notice.</param>
    /// <param name="stop">Prevents further requests.</param>
    /// <returns>The events, oldest first; or why there are none.</returns>
    internal async Task<QueryOutcome<List<AuditEvent>>> ReadAsync(DateTimeOffset start, DateTimeOffset end, Action<int>? progress, CancellationToken stop)
    {
        var events = new List<AuditEvent>();
        var last = start;
        while (true)
        {
            var until = end - last > AuditApi.MaximumSpan ? last + AuditApi.MaximumSpan : end;
            string? token = null;
            QueryOutcome<AuditPage> page;
            do
            {
                page = await sender.SendAsync(api.LookUp(last, until, token), stop).ConfigureAwait(false);
                if (page.Value is not { } found)
                {
                    return Complete(page, null);
                }

                events.AddRange(found.Events);
                progress?.Invoke(events.Count);

                // The same token again would give the same page again, without an end.
                if (found.NextToken is not null && found.NextToken == token)
                {
                    return Complete(page, null) with { Code = OutcomeCode.EmptyResponse };
                }

                token = found.NextToken;
            }
            while (token is not null);

            if (until >= end)
            {
                return Complete(page, events);
            }

            last = until;
        }
    }

    private static QueryOutcome<List<AuditEvent>> Complete(QueryOutcome<AuditPage> page, List<AuditEvent>? events) => new()
    {
        Value = events,
        Code = page.Code,
        Reason = page.Reason,
        Message = page.Message,
        RequestId = page.RequestId,
        HttpStatus = page.HttpStatus,
        Attempts = page.Attempts,
        Elapsed = page.Elapsed,
        IsRefusedByService = page.IsRefusedByService,
        Cause = page.Cause,
        Route = page.Route,
    };
}
