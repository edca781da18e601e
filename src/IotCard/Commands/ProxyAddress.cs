using IotCard.Texts;

namespace IotCard.Commands;

/// <summary>Parses the address of a proxy as people write it: host and port are enough.</summary>
internal static class ProxyAddress
{
    private const string AfterScheme = "://";

#if NET
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];
#else
    private static readonly string[] Schemes = ["http"];
#endif

    /// <summary>Parses an address.</summary>
    /// <exception cref="IotCardException">It is not a valid address of a proxy.</exception>
    internal static Uri Read(Uri given, Text text)
    {
        // Uri would take the host in proxy:8444 for a scheme.
        var words = given.OriginalString.Trim();
        var address = words.Contains(AfterScheme) ? words : "http" + AfterScheme + words;
        return Uri.TryCreate(address, UriKind.Absolute, out var read) && read.Host.Length > 0 && read.PathAndQuery == "/" && Schemes.Contains(read.Scheme)
            ? read
            : throw new IotCardException("InvalidProxy", text.Format("InvalidProxy", ServiceEndpoint.WithoutUserInfo(words), string.Join(", ", Schemes)));
    }
}
