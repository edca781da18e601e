using IotCard.Texts;

namespace IotCard.Addresses;

/// <summary>Parses the address of a proxy as people write it: host and port are enough.</summary>
internal static class ProxyAddress
{
    internal const string ErrorCode = "InvalidProxy";

#if NET
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];
#else
    private static readonly string[] Schemes = ["http"];
#endif

    /// <summary>Parses an address.</summary>
    /// <exception cref="IotCardException">It is not a valid address of a proxy. The message says why, without any of it.</exception>
    internal static Uri Read(string typed, Text text)
    {
        var parts = new AddressText(typed);
        var fault = parts.HasQuoteOrBlank ? "InvalidAddress_Quotes"
            : !Schemes.Contains(parts.Scheme ?? "http", StringComparer.OrdinalIgnoreCase) ? "InvalidProxy_Scheme"
            : parts.IsUserInfoAmbiguous ? "InvalidProxy_UserInfo"
            : parts.Rest is not ("" or "/") ? "InvalidProxy_Path"
            : parts.HasWrongPort ? "InvalidAddress_Port"
            : null;

        // Uri would take the host in proxy:8444 for a scheme.
        var address = (parts.Scheme is null ? "http://" : string.Empty) + typed.Trim();
        return fault is null && Uri.TryCreate(address, UriKind.Absolute, out var read) && read.Host.Length > 0
            ? read
            : throw new IotCardException(ErrorCode, text.Format("InvalidAddress", "-Proxy", text.Format(fault ?? "InvalidAddress_Host", string.Join(", ", Schemes))));
    }
}
