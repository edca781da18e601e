using IotCard.Client.Credentials;
using IotCard.Client.Queries;
using IotCard.Client.Service;

namespace IotCard.Client.Sending;

/// <summary>
/// Sends queries. A query changes nothing, so a lost response is no more than a failed try: it is signed anew and asked
/// again, by the same rules for waiting and giving up as everything else. Safe for concurrent use.
/// </summary>
internal sealed class QuerySender(SenderOptions options, ICredentialProvider credentials, ServiceTransport transport) : IDisposable
{
    /// <summary>What signs and sends.</summary>
    internal RequestSender Requests { get; } = new(options, credentials, transport);

    /// <inheritdoc/>
    public void Dispose() => Requests.Dispose();

    /// <summary>Asks until there is an answer, or asking on would not help.</summary>
    /// <param name="query">The query.</param>
    /// <param name="stop">Lets no further request leave.</param>
    /// <returns>The answer, or why there is none.</returns>
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
            // Nothing that is known of gets here.
            return new QueryOutcome<T> { Code = OutcomeCode.Unexpected, Cause = failure, Attempts = statistics.Attempts };
        }
    }
}
