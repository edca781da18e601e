using IotCard.Client.Queries;
using IotCard.Client.Rules;
using IotCard.Client.Sending;

namespace IotCard.Client.Running;

/// <summary>Runs queries. They do not depend on each other; the circuits of their senders decide how many are in flight.</summary>
/// <typeparam name="T">The type of a result.</typeparam>
/// <param name="window">How many queries may be open.</param>
/// <param name="isFailed">Whether a result counts as a failure.</param>
/// <param name="senders">The senders of the queries.</param>
internal sealed class QueryRun<T>(int window, Func<T, bool> isFailed, IReadOnlyList<QuerySender> senders) : Run<T>(window)
    where T : class
{
    /// <inheritdoc/>
    public override string? AbortReason => senders.Select(static sender => sender.Requests.Circuit.AbortReason).FirstOrDefault(static reason => reason is not null);

    /// <inheritdoc/>
    public override void Stop(string reason = OutcomeCode.Stopped)
    {
        foreach (var sender in senders)
        {
            sender.Requests.Circuit.Abort(reason);
        }

        base.Stop(reason);
    }

    /// <summary>Adds a query.</summary>
    /// <param name="ask">Runs the query and always returns a result; the token prevents further requests.</param>
    internal void Add(Func<CancellationToken, Task<T>> ask)
    {
        var place = Reserve();
        _ = Task.Run(async () => Publish(place, await ask(Stopped).ConfigureAwait(false)));
    }

    /// <summary>Adds a result that needs no query, so that it is published in order.</summary>
    internal void AddSettled(T result)
    {
        Counter.CountSettled();
        Publish(Reserve(), result);
    }

    private void Publish(OrderedResults<T>.Place place, T result) =>
        Publish(place, result, isFailed(result) ? OutcomeStatus.Failed : OutcomeStatus.Succeeded);
}
