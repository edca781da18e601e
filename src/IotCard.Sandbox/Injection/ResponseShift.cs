using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox.Injection;

/// <summary>
/// Connections on which responses and requests are out of step, as a faulty proxy can leave them: once a connection is
/// shifted, each request on it gets the response to the previous request, until the connection ends.
/// </summary>
internal sealed class ResponseShift
{
    private static readonly object Key = new();

    /// <summary>Chooses what is sent instead of a request's own response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="own">The request's own response.</param>
    /// <param name="fault">The request's fault.</param>
    /// <returns>The response to send: <paramref name="own"/> itself, or that of the previous request. The first one on a connection keeps its own.</returns>
    public WireResponse Exchange(HttpContext context, WireResponse own, in DrawnFault fault)
    {
        var connection = StateOf(context);
        var sent = connection.Held ?? (fault.Kind is FaultKind.ShiftedResponse ? connection.Previous : null) ?? own;
        if (!ReferenceEquals(sent, own))
        {
            connection.Held = own;
        }

        connection.Previous = sent;
        return sent;
    }

    private static ConnectionState StateOf(HttpContext context)
    {
        // A connection processes one request at a time, so the state needs no lock.
        var items = context.Features.GetRequiredFeature<IConnectionItemsFeature>().Items;
        if (items.TryGetValue(Key, out var known))
        {
            return (ConnectionState)known!;
        }

        var state = new ConnectionState();
        items[Key] = state;
        return state;
    }

    private sealed class ConnectionState
    {
        /// <summary>The last response that was sent.</summary>
        public WireResponse? Previous { get; set; }

        /// <summary>The response for the next request; null while the connection is in step.</summary>
        public WireResponse? Held { get; set; }
    }
}
