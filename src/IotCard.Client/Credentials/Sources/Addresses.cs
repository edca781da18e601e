using System.Net;

namespace IotCard.Client.Credentials.Sources;

/// <summary>Decides where a secret may be sent, and where it may come from.</summary>
internal static class Addresses
{
    /// <summary>Only to an encrypted connection, or to this machine itself.</summary>
    internal static bool MayCarrySecrets(Uri address) =>
        string.Equals(address.Scheme, "https", StringComparison.Ordinal)
        || (string.Equals(address.Scheme, "http", StringComparison.Ordinal) && address.IsLoopback);

    /// <summary>
    /// Also from a link-local address, where a container's host or a machine's metadata service answers: what is sent
    /// there never leaves the link.
    /// </summary>
    internal static bool MayIssueCredentials(Uri address) =>
        MayCarrySecrets(address)
        || (string.Equals(address.Scheme, "http", StringComparison.Ordinal) && IPAddress.TryParse(address.DnsSafeHost, out var ip) && IsLinkLocal(ip));

    private static bool IsLinkLocal(IPAddress address) =>
        address.IsIPv6LinkLocal || address.GetAddressBytes() is [169, 254, _, _];
}
