namespace IotCard.Client.Rules;

/// <summary>The route of a connection: the host, and the proxy, if any. Neither contains userinfo.</summary>
/// <param name="Host">The host and its port.</param>
/// <param name="Proxy">The proxy's host and port; null if the connection is direct.</param>
internal sealed record ConnectionRoute(string Host, string? Proxy)
{
    /// <summary>The route to a destination.</summary>
    internal static ConnectionRoute To(Uri destination, Uri? proxy) => new(Describe(destination), proxy is null ? null : Describe(proxy));

    private static string Describe(Uri address) => $"{address.Host}:{address.Port}";
}
