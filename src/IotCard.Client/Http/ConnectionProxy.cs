using System.Collections.Concurrent;
using System.Net;

namespace IotCard.Client.Http;

/// <summary>
/// The proxy that requests go through: the one that is given, else the system's. Loopback and plain http never go
/// through one: it would read the request, and could answer in the service's place. Userinfo of a proxy's address is
/// its credential and no part of the address, which errors of the platform quote.
/// </summary>
internal sealed class ConnectionProxy(Uri? proxy, ICredentials? credentials) : IWebProxy, ICredentials
{
    private static readonly char[] Colon = [':'];

    /// <summary>Who the addresses name that were given out without it, by the proxy's authority.</summary>
    private readonly ConcurrentDictionary<string, NetworkCredential> _named = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers a proxy that asks who this is. What is set is what was given.</summary>
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

    /// <summary>Who the proxy is told this is: who was given, else who its address names, else who the system says.</summary>
    /// <param name="uri">The proxy.</param>
    /// <param name="authType">How it asks.</param>
    /// <returns>Null where nobody is known.</returns>
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

        // .NET Framework gives the destination itself where there is no proxy.
        var address = system.GetProxy(destination);
        return address is null || address.Equals(destination) ? null : address;
    }

    private static NetworkCredential FromUserInfo(string userInfo)
    {
        var parts = userInfo.Split(Colon, 2);
        return new NetworkCredential(Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
    }
}
