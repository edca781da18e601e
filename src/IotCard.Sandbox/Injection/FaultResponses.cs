using System.Globalization;
using System.Text;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Injection;

/// <summary>The responses that faults send instead of the real one.</summary>
internal static class FaultResponses
{
    private static readonly byte[] HtmlPage =
        "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n<center><h1>Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"u8.ToArray();

    public static readonly GatewayRefusal ServiceUnavailable =
        new("ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server.");

    private static readonly GatewayRefusal InternalError =
        new("InternalError", 500, "The request processing has failed due to some unknown error, exception or failure.");

    private static readonly GatewayRefusal Throttling = new("Throttling", 400, "Request was denied due to request throttling.");

    private static readonly GatewayRefusal ThrottlingUser = new("Throttling.User", 400, "Request was denied due to user flow control.");

    private static readonly GatewayRefusal ThrottlingApi = new("Throttling.Api", 400, "Request was denied due to api flow control.");

    private static readonly GatewayRefusal ControlCharacter = new("\u0007", 400, "The request was rejected.");

    private static readonly DateTimeOffset FarFuture = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>A response in the gateway's format.</summary>
    /// <returns>Null if the fault has none.</returns>
    public static SandboxResponse? Refusal(in DrawnFault fault, WireRequest request, FaultPlan plan) => fault.Kind switch
    {
        FaultKind.ServiceUnavailable => FromRefusal(ServiceUnavailable, request),
        FaultKind.InternalError => FromRefusal(InternalError, request),
        FaultKind.ExpiredToken => FromRefusal(GatewayRefusal.TokenExpired, request),
        FaultKind.ControlCharacterCode => FromRefusal(ControlCharacter, request),
        FaultKind.FarFutureDate => FromRefusal(GatewayRefusal.TimeExpired, request) with { Date = FarFuture },
        FaultKind.UnboundedHint => FromRefusal(Throttling, request) with { Hint = ("x-acs-retry-after", "2147483647") },
        FaultKind.Throttling => Throttled(Throttling, fault, request, plan),
        FaultKind.ThrottlingUser => Throttled(ThrottlingUser, fault, request, plan),
        FaultKind.ThrottlingApi => Throttled(ThrottlingApi, fault, request, plan),
        _ => null,
    };

    /// <summary>A response that does not come from the gateway.</summary>
    /// <returns>Null if the fault has none.</returns>
    public static WireResponse? Foreign(in DrawnFault fault, DateTimeOffset date) => fault.Kind switch
    {
        FaultKind.GarbleResponse => new WireResponse(fault.Random.Choose(2, 200, 502), "application/json;charset=utf-8", fault.Random.Bytes(), date),
        FaultKind.HtmlResponse => new WireResponse(fault.Random.Choose(2, 200, 502), "text/html", HtmlPage, date),
        FaultKind.ClientClosedRequest => new WireResponse(499, "text/html", HtmlPage, date),
        FaultKind.NumericCode => Json(200, "{\"code\":504}", date),
        FaultKind.RequestTimeout => Json(408, "{\"code\":\"RequestTimeout\"}", date),
        FaultKind.TooManyRequests => Json(429, "{\"code\":429}", date),
        FaultKind.ThrottlingWithoutRequestId => Json(
            fault.Random.Choose(2, 400, 429), "{\"Code\":\"Throttling\",\"Message\":\"Request was denied due to request throttling.\"}", date),
        FaultKind.FirewallForbidden => Json(403, "{\"error\":\"forbidden\",\"code\":\"WAF-1020\",\"message\":\"Blocked by policy.\"}", date),
        FaultKind.ProxyAuthenticationRequired => Json(407, "{\"error\":{\"code\":407,\"message\":\"Proxy authentication required.\"}}", date),
        FaultKind.BadGateway => HtmlOrNothing(502, fault, date),
        FaultKind.GatewayTimeout => HtmlOrNothing(504, fault, date),
        _ => null,
    };

    private static WireResponse Json(int status, string body, DateTimeOffset date) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(body), date);

    private static WireResponse HtmlOrNothing(int status, in DrawnFault fault, DateTimeOffset date) =>
        fault.Random.Choose(2, true, false) ? new WireResponse(status, "text/html", HtmlPage, date) : new WireResponse(status, contentType: null, default, date);

    private static SandboxResponse Throttled(GatewayRefusal refusal, in DrawnFault fault, WireRequest request, FaultPlan plan)
    {
        var milliseconds = (long)plan.Hint.TotalMilliseconds;
        var timeLeft = string.Create(CultureInfo.InvariantCulture, $"Limit:20,Remain:0,TimeLeft:{milliseconds},Reset:{milliseconds}");
        return FromRefusal(refusal with { Status = fault.Random.Choose(2, 400, 429) }, request) with
        {
            Hint = fault.Random.Choose(3, [.. plan.Hints]) switch
            {
                ThrottlingHint.RetryAfter => ("x-acs-retry-after", milliseconds.ToString(CultureInfo.InvariantCulture)),
                ThrottlingHint.RateLimitUserApi => ("X-RateLimit-User-API", timeLeft),
                ThrottlingHint.RateLimitUser => ("X-RateLimit-User", timeLeft),
                _ => null,
            },
        };
    }

    private static SandboxResponse FromRefusal(GatewayRefusal refusal, WireRequest request) =>
        refusal.ToResponse(Guid.NewGuid(), request.Host, SignedCall.WantsXml(request));
}
