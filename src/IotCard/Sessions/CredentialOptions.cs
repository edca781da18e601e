using System.Management.Automation;
using System.Security;

namespace IotCard.Sessions;

/// <summary>What a command's parameters say about the credential and the proxy.</summary>
internal sealed class CredentialOptions
{
    /// <summary>The profile; null for the default chain.</summary>
    internal string? ProfileName { get; init; }

    /// <summary>The AccessKey pair; null to search for one.</summary>
    internal PSCredential? Credential { get; init; }

    /// <summary>The STS token that belongs to the pair; null if it is not temporary.</summary>
    internal SecureString? SecurityToken { get; init; }

    /// <summary>The proxy's address as typed; null for the system's.</summary>
    internal string? Proxy { get; init; }

    /// <summary>The credential for the proxy; null if it needs none.</summary>
    internal PSCredential? ProxyCredential { get; init; }
}
