namespace IotCard.Client.Credentials.Sources;

/// <summary>Decides where a secret may be sent.</summary>
internal static class Addresses
{
    /// <summary>Only to an encrypted connection, or to this machine itself.</summary>
    internal static bool MayCarrySecrets(Uri address) =>
        string.Equals(address.Scheme, "https", StringComparison.Ordinal)
        || (string.Equals(address.Scheme, "http", StringComparison.Ordinal) && address.IsLoopback);
}
