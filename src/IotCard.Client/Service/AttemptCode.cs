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

    /// <summary>
    /// A well-formed response came that neither the gateway nor the service can have sent: no request id, a numeric or
    /// unlisted code. A middlebox may have sent it after it had forwarded the request.
    /// </summary>
    public const string ResponseNotRecognized = "ResponseNotRecognized";

    /// <summary>Responses arrive for other requests than their own: a request id came twice, or a used nonce was reported at a first sending.</summary>
    public const string ResponseOutOfStep = "ResponseOutOfStep";

    /// <summary>Something came back that is no response of the service: a proxy's page, a cut or garbled body.</summary>
    public const string ResponseUnreadable = "ResponseUnreadable";
}
