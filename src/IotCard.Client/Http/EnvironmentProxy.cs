using System.Globalization;

namespace IotCard.Client.Http;

/// <summary>
/// The environment variables from which the platform takes the proxy for https. It ignores a value that it cannot read,
/// and requests then bypass the proxy without a word.
/// </summary>
internal static class EnvironmentProxy
{
    private const string AfterScheme = "://";

    private static readonly string[] Variables = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    private static readonly string[] Schemes = ["http", "https", "socks4", "socks4a", "socks5"];

    /// <summary>Whether the platform reads the variables; .NET Framework does not.</summary>
    private static bool IsUsed =>
#if NET
        true;
#else
        false;
#endif

    /// <summary>Finds the variable that names the proxy, if its value is malformed; null if it is not, or if none is set.</summary>
    /// <param name="environment">Reads a variable.</param>
    internal static string? FindMalformed(Func<string, string?> environment)
    {
        var variable = IsUsed ? Array.Find(Variables, v => !string.IsNullOrEmpty(environment(v))) : null;
        return variable is not null && !IsReadable(environment(variable)!) ? variable : null;
    }

    /// <summary>Whether the platform can read a value: scheme, user name and password are optional, what follows the port is ignored.</summary>
    internal static bool IsReadable(string value)
    {
        var colon = value.IndexOf(AfterScheme, StringComparison.Ordinal);
        if (colon >= 0 && !Schemes.Contains(value[..colon], StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = (colon < 0 ? value : value[(colon + AfterScheme.Length)..]).TrimEnd();
        rest = rest[(rest.LastIndexOf('@') + 1)..];
        var slash = rest.IndexOf('/');
        var host = slash < 0 ? rest : rest[..slash];
        var port = host.LastIndexOf(':');
        if (port > host.LastIndexOf(']'))
        {
            if (!ushort.TryParse(host[(port + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }

            host = host[..port];
        }

        return Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }
}
