namespace IotCard.Client.Http;

/// <summary>Where a connection was tried: the host, and the proxy where one stands between. Neither has userinfo in it.</summary>
/// <param name="Host">The host and its port.</param>
/// <param name="Proxy">The proxy's host and port; null where the way is direct.</param>
internal sealed record ConnectionRoute(string Host, string? Proxy)
{
    /// <summary>The way to a destination.</summary>
    internal static ConnectionRoute To(Uri destination, Uri? proxy) => new(Describe(destination), proxy is null ? null : Describe(proxy));

    private static string Describe(Uri address) => $"{address.Host}:{address.Port}";
}
