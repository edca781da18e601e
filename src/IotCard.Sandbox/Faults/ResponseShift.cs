using IotCard.Sandbox.Wire;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox.Faults;

/// <summary>
/// Connections on which responses and requests are out of step, as a faulty proxy can leave them: once a connection is shifted,
/// each request on it gets the response to the request before, until the connection ends.
/// </summary>
internal sealed class ResponseShift
{
    private static readonly object Key = new();

    /// <summary>Chooses what is sent in place of a request's own response.</summary>
    /// <param name="context">The request.</param>
    /// <param name="own">The request's own response.</param>
    /// <param name="fault">The fault that strikes the request.</param>
    /// <returns>The response to send: <paramref name="own"/> itself, or that of the request before. The first on a connection keeps its own.</returns>
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
        // One request at a time is processed on a connection, so the state needs no lock.
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
        /// <summary>The response sent last.</summary>
        public WireResponse? Previous { get; set; }

        /// <summary>The response that the next request gets; null while the connection is in step.</summary>
        public WireResponse? Held { get; set; }
    }
}
