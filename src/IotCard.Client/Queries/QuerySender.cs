using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Sending;
using IotCard.Client.Service;

namespace IotCard.Client.Queries;

/// <summary>
/// Sends queries. A query changes nothing, so a lost response is just a failed attempt: it is signed anew and sent
/// again, by the same rules for waiting and giving up as everything else. Safe for concurrent use.
/// </summary>
internal sealed class QuerySender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport) : IDisposable
{
    /// <summary>Signs and sends the requests.</summary>
    internal RequestSender Requests { get; } = new(options, credentials, transport);

    /// <inheritdoc/>
    public void Dispose() => Requests.Dispose();

    /// <summary>Sends a query until there is a result, or a further attempt would not help.</summary>
    /// <param name="query">The query.</param>
    /// <param name="stop">Prevents further requests.</param>
    /// <returns>The result, or why there is none.</returns>
    internal async Task<QueryOutcome<T>> SendAsync<T>(ApiQuery<T> query, CancellationToken stop)
    {
        var statistics = new AttemptStatistics(options.Clock);
        var context = new SendContext(query.Request, query.Format, statistics) { IsRepeatable = true };
        try
        {
            var result = await Requests.SendAsync(context, yieldPlace: null, stop).ConfigureAwait(false);
            return QueryOutcome<T>.From(result) with { Attempts = statistics.Attempts, Elapsed = statistics.Elapsed };
        }
        catch (Exception failure)
        {
            // No known failure gets here.
            return new QueryOutcome<T> { Code = OutcomeCode.Unexpected, Cause = failure, Attempts = statistics.Attempts };
        }
    }
}
