using System.Collections.Concurrent;
using System.Net;

namespace IotCard.Client.Http;

/// <summary>
/// The proxy for requests: the given one, else the system's. Loopback and plain http never go through a proxy: it could
/// read the request and respond in the service's place. The userinfo of a proxy's address is its credential and is
/// removed from the address, which the platform quotes in errors.
/// </summary>
internal sealed class ConnectionProxy(Uri? proxy, ICredentials? credentials) : IWebProxy, ICredentials
{
    private static readonly char[] Colon = [':'];

    /// <summary>The credentials from the userinfo of addresses that were returned without it, by the proxy's authority.</summary>
    private readonly ConcurrentDictionary<string, NetworkCredential> _named = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The credentials for a proxy that requests them. The setter sets the given ones.</summary>
    public ICredentials? Credentials
    {
        get => this;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => GetProxy(host) is null;

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination)
    {
        var address = Find(destination);
        if (address is null or { UserInfo.Length: 0 })
        {
            return address;
        }

        _named[address.Authority] = FromUserInfo(address.UserInfo);
        return new Uri(address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped));
    }

    /// <summary>Finds the credential for the proxy: the given one, else that of its address, else the system's.</summary>
    /// <param name="uri">The proxy.</param>
    /// <param name="authType">The authentication scheme.</param>
    /// <returns>Null if there is none.</returns>
    public NetworkCredential? GetCredential(Uri uri, string authType) =>
        credentials?.GetCredential(uri, authType) is { } given ? given
        : _named.TryGetValue(uri.Authority, out var named) ? named
        : SystemProxy?.Credentials?.GetCredential(uri, authType);

#if NET
    private static IWebProxy? SystemProxy => HttpClient.DefaultProxy;
#else
    private static IWebProxy? SystemProxy => WebRequest.DefaultWebProxy;
#endif

    private Uri? Find(Uri destination) =>
        destination.IsLoopback || !string.Equals(destination.Scheme, "https", StringComparison.Ordinal) ? null
        : proxy ?? FindOfSystem(destination);

    private static Uri? FindOfSystem(Uri destination)
    {
        var system = SystemProxy;
        if (system is null || system.IsBypassed(destination))
        {
            return null;
        }

        // .NET Framework returns the destination itself if there is no proxy.
        var address = system.GetProxy(destination);
        return address is null || address.Equals(destination) ? null : address;
    }

    private static NetworkCredential FromUserInfo(string userInfo)
    {
        var parts = userInfo.Split(Colon, 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
