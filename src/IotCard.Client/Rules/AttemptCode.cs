namespace IotCard.Client.Rules;

/// <summary>The names of failures before a usable response. They are error ids, so they never change.</summary>
public static class AttemptCode
{
    /// <summary>The host's name could not be resolved.</summary>
    public const string NameNotResolved = "NameNotResolved";

    /// <summary>The connection was refused, or the host was unreachable.</summary>
    public const string ConnectionFailed = "ConnectionFailed";

    /// <summary>No connection was made in time.</summary>
    public const string ConnectTimeout = "ConnectTimeout";

    /// <summary>The TLS handshake failed, or the certificate was not trusted.</summary>
    public const string TlsFailed = "TlsFailed";

    /// <summary>The proxy refused the tunnel, or could not be reached.</summary>
    public const string ProxyFailed = "ProxyFailed";

    /// <summary>No response came in time after sending had begun.</summary>
    public const string ResponseTimeout = "ResponseTimeout";

    /// <summary>The connection was lost after sending had begun.</summary>
    public const string ConnectionLost = "ConnectionLost";

    /// <summary>
    /// A well-formed response that neither the gateway nor the service can have sent: no request id, a numeric or unlisted
    /// code. A middlebox may have sent it after forwarding the request.
    /// </summary>
    public const string ResponseNotRecognized = "ResponseNotRecognized";

    /// <summary>
    /// Responses arrive for the wrong requests: a request id came twice, or the response to a first sending says that
    /// its nonce was used.
    /// </summary>
    public const string ResponseOutOfStep = "ResponseOutOfStep";

    /// <summary>What came back is not a response of the service: a proxy's page, a cut or garbled body.</summary>
    public const string ResponseUnreadable = "ResponseUnreadable";
}
