namespace IotCard.Client.Http;

/// <summary>Where a connection failed.</summary>
internal enum TransportErrorKind
{
    /// <summary>It was refused or lost, or could not be made.</summary>
    Connection,

    /// <summary>The host's name could not be resolved.</summary>
    Name,

    /// <summary>The TLS handshake failed, or the certificate is not trusted.</summary>
    Tls,

    /// <summary>The proxy refused, or could not be reached.</summary>
    Proxy,
}
