namespace IotCard.Sandbox;

/// <summary>What can go wrong with a request. <see cref="FaultMoment"/> tells the moments, the page on the sandbox the rest.</summary>
public enum FaultKind
{
    /// <summary>Nothing: the request is answered as it should be.</summary>
    None,

    /// <summary>The connection is closed in order once the request was read; nothing was carried out.</summary>
    CloseBefore,

    /// <summary>The connection is reset once the request was read; nothing was carried out.</summary>
    ResetBefore,

    /// <summary>The operation is carried out, then the connection is closed in order, without an answer.</summary>
    CloseAfter,

    /// <summary>The operation is carried out, then the connection is reset, without an answer.</summary>
    ResetAfter,

    /// <summary>The operation is carried out and never answered; the connection stays open until the client gives up.</summary>
    SwallowResponse,

    /// <summary>The operation is carried out at once and answered after <see cref="FaultPlan.Delay"/>.</summary>
    DelayResponse,

    /// <summary>The request is held for <see cref="FaultPlan.Delay"/> and then carried out, whether the client still waits or not.</summary>
    DelayRequest,

    /// <summary>The operation is carried out; some bytes of the answer are sent, then the connection is reset.</summary>
    CutResponse,

    /// <summary>The operation is carried out; its answer's body is shorter than Content-Length says, and the connection is closed in order.</summary>
    TruncateResponse,

    /// <summary>The operation is carried out and answered with random bytes, as JSON, with HTTP 200 or 502.</summary>
    GarbleResponse,

    /// <summary>An HTML page is answered, with HTTP 200 or 502.</summary>
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

    /// <summary>The gateway neither looks the nonce up nor remembers it, so that a request may be carried out twice.</summary>
    ForgetNonce,

    /// <summary>For this request the gateway's clock is off by <see cref="FaultPlan.StrayClockSkew"/>, as if one gateway of several was.</summary>
    SkewedClock,

    /// <summary>The refusal <c>InvalidSecurityToken.Expired</c>; a request without a token is let by.</summary>
    ExpiredToken,

    /// <summary>The operation is answered <c>OK</c>, but without <c>IotModBind</c>.</summary>
    OkWithoutResult,

    /// <summary>The operation is answered <c>OK</c> with <c>IsModSuccess</c> false, and not carried out.</summary>
    OkButNotDone,

    /// <summary>
    /// The transport delivers the request twice. The first delivery is carried out; the second one's answer, as a rule
    /// <c>SignatureNonceUsed</c>, is what the client gets.
    /// </summary>
    DuplicateDelivery,
}
