namespace IotCard.Client.Service;

/// <summary>The names of what can go wrong on the way to an answer. They serve as error ids, so they never change.</summary>
public static class AttemptCode
{
    /// <summary>The host's name could not be resolved.</summary>
    public const string NameNotResolved = "NameNotResolved";

    /// <summary>The connection was refused, or the host was not reached.</summary>
    public const string ConnectionFailed = "ConnectionFailed";

    /// <summary>No connection came about in time.</summary>
    public const string ConnectTimeout = "ConnectTimeout";

    /// <summary>The TLS handshake failed, or the certificate was not trusted.</summary>
    public const string TlsFailed = "TlsFailed";

    /// <summary>The proxy refused the tunnel, or could not be reached.</summary>
    public const string ProxyFailed = "ProxyFailed";

    /// <summary>No answer came in time after sending had begun.</summary>
    public const string ResponseTimeout = "ResponseTimeout";

    /// <summary>The connection was cut after sending had begun.</summary>
    public const string ConnectionLost = "ConnectionLost";

    /// <summary>Something came back that is no answer of the service: a proxy's page, a cut or garbled body.</summary>
    public const string ResponseUnreadable = "ResponseUnreadable";
}
