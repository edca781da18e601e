namespace IotCard.Sandbox.Faults;

/// <summary>What can go wrong with a request. <see cref="FaultMoment"/> describes the moments, docs/sandbox.md the details.</summary>
public enum FaultKind
{
    /// <summary>Nothing: the request is answered properly.</summary>
    None,

    /// <summary>The connection is closed gracefully once the request has been read; nothing is executed.</summary>
    CloseBefore,

    /// <summary>The connection is reset once the request has been read; nothing is executed.</summary>
    ResetBefore,

    /// <summary>The operation is executed, then the connection is closed gracefully without a response.</summary>
    CloseAfter,

    /// <summary>The operation is executed, then the connection is reset without a response.</summary>
    ResetAfter,

    /// <summary>The operation is executed and never answered; the connection stays open until the client gives up.</summary>
    SwallowResponse,

    /// <summary>The operation is executed at once, and answered after <see cref="FaultPlan.Delay"/>.</summary>
    DelayResponse,

    /// <summary>The request is held for <see cref="FaultPlan.Delay"/> and then executed, whether or not the client still waits.</summary>
    DelayRequest,

    /// <summary>The operation is executed; some bytes of the response are sent, then the connection is reset.</summary>
    CutResponse,

    /// <summary>
    /// The operation is executed; the body of its response is shorter than its Content-Length, and the connection is
    /// closed gracefully.
    /// </summary>
    TruncateResponse,

    /// <summary>The operation is executed and answered with random bytes, as JSON, with HTTP 200 or 502.</summary>
    GarbleResponse,

    /// <summary>An HTML page, with HTTP 200 or 502.</summary>
    HtmlResponse,

    /// <summary>HTTP 503 with the code <c>ServiceUnavailable</c>.</summary>
    ServiceUnavailable,

    /// <summary>HTTP 500 with the code <c>InternalError</c>.</summary>
    InternalError,

    /// <summary>HTTP 502 without a code: an HTML page or nothing.</summary>
    BadGateway,

    /// <summary>HTTP 504 without a code: an HTML page or nothing.</summary>
    GatewayTimeout,

    /// <summary>The refusal <c>Throttling</c>, with HTTP 400 or 429 and one of <see cref="FaultPlan.Hints"/>.</summary>
    Throttling,

    /// <summary>The refusal <c>Throttling.User</c>, likewise.</summary>
    ThrottlingUser,

    /// <summary>The refusal <c>Throttling.Api</c>, likewise.</summary>
    ThrottlingApi,

    /// <summary>The gateway neither checks nor remembers the nonce, so that a request may be executed twice.</summary>
    ForgetNonce,

    /// <summary>
    /// For this request the gateway's clock is off by <see cref="FaultPlan.StrayClockSkew"/>, as if it were one gateway
    /// of several.
    /// </summary>
    SkewedClock,

    /// <summary>The refusal <c>InvalidSecurityToken.Expired</c>; a request without a token is not affected.</summary>
    ExpiredToken,

    /// <summary>The operation is answered <c>OK</c>, but without <c>IotModBind</c>.</summary>
    OkWithoutResult,

    /// <summary>The operation is answered <c>OK</c> with <c>IsModSuccess</c> false, and not executed.</summary>
    OkButNotDone,

    /// <summary>
    /// The network delivers the request twice. The first delivery is executed; the client gets the response to the
    /// second, usually <c>SignatureNonceUsed</c>.
    /// </summary>
    DuplicateDelivery,

    /// <summary>HTTP 200 with <c>{"code":504}</c>: a proxy's own body, with a numeric code.</summary>
    NumericCode,

    /// <summary>HTTP 408 with <c>{"code":"RequestTimeout"}</c>, from a proxy.</summary>
    RequestTimeout,

    /// <summary>HTTP 499 with an HTML page, from a proxy.</summary>
    ClientClosedRequest,

    /// <summary>HTTP 429 with <c>{"code":429}</c>, from a proxy.</summary>
    TooManyRequests,

    /// <summary><c>Throttling</c> in a body without a <c>RequestId</c>, with HTTP 400 or 429: not from the gateway.</summary>
    ThrottlingWithoutRequestId,

    /// <summary>HTTP 403 with a JSON body from a firewall.</summary>
    FirewallForbidden,

    /// <summary>HTTP 407 with a JSON body from a proxy.</summary>
    ProxyAuthenticationRequired,

    /// <summary>The operation is executed, but its <c>Code</c> is <c>ok</c> in lower case. Refused and failed requests are not affected.</summary>
    LowerCaseOk,

    /// <summary>HTTP 400 in the gateway's format, with a <c>Code</c> of one control character.</summary>
    ControlCharacterCode,

    /// <summary>
    /// The operation is executed, but the response to the previous request on the connection is sent. From then on, each
    /// request on the connection gets the response to the one before. On a connection's first request it has no effect.
    /// </summary>
    ShiftedResponse,

    /// <summary>The refusal <c>Throttling</c> with <c>x-acs-retry-after: 2147483647</c>, 24 days.</summary>
    UnboundedHint,

    /// <summary>The refusal <c>InvalidTimeStamp.Expired</c> with a <c>Date</c> of the year 9999.</summary>
    FarFutureDate,
}
