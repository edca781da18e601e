using System.Globalization;

namespace IotCard.Sandbox;

/// <summary>What is answered by a fault instead of what was decided.</summary>
internal static class FaultResponses
{
    private static readonly byte[] HtmlPage =
        "<html>\r\n<head><title>Bad Gateway</title></head>\r\n<body>\r\n<center><h1>Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"u8.ToArray();

    private static readonly GatewayRefusal ServiceUnavailable =
        new("ServiceUnavailable", 503, "The request has failed due to a temporary failure of the server.");

    private static readonly GatewayRefusal InternalError =
        new("InternalError", 500, "The request processing has failed due to some unknown error, exception or failure.");

    private static readonly GatewayRefusal Throttling = new("Throttling", 400, "Request was denied due to request throttling.");

    private static readonly GatewayRefusal ThrottlingUser = new("Throttling.User", 400, "Request was denied due to user flow control.");

    private static readonly GatewayRefusal ThrottlingApi = new("Throttling.Api", 400, "Request was denied due to api flow control.");

    /// <summary>An answer in the gateway's shape.</summary>
    /// <returns>Null where the fault has none.</returns>
    public static SandboxResponse? Refusal(in DrawnFault fault, WireRequest request, FaultPlan plan) => fault.Kind switch
    {
        FaultKind.ServiceUnavailable => Of(ServiceUnavailable, request),
        FaultKind.InternalError => Of(InternalError, request),
        FaultKind.ExpiredToken => Of(GatewayRefusal.TokenExpired, request),
        FaultKind.Throttling => Throttled(Throttling, fault, request, plan),
        FaultKind.ThrottlingUser => Throttled(ThrottlingUser, fault, request, plan),
        FaultKind.ThrottlingApi => Throttled(ThrottlingApi, fault, request, plan),
        _ => null,
    };

    /// <summary>Bytes that are no answer of the gateway's.</summary>
    /// <returns>Null where the fault has none.</returns>
    public static WireResponse? Foreign(in DrawnFault fault, DateTimeOffset date) => fault.Kind switch
    {
        FaultKind.GarbleResponse => new WireResponse(fault.Dice.Of(2, 200, 502), "application/json;charset=utf-8", fault.Dice.Bytes(), date),
        FaultKind.HtmlResponse => new WireResponse(fault.Dice.Of(2, 200, 502), "text/html", HtmlPage, date),
        FaultKind.BadGateway => HtmlOrNothing(502, fault, date),
        FaultKind.GatewayTimeout => HtmlOrNothing(504, fault, date),
        _ => null,
    };

    private static WireResponse HtmlOrNothing(int status, in DrawnFault fault, DateTimeOffset date) =>
        fault.Dice.Of(2, true, false) ? new WireResponse(status, "text/html", HtmlPage, date) : new WireResponse(status, contentType: null, default, date);

    private static SandboxResponse Throttled(GatewayRefusal refusal, in DrawnFault fault, WireRequest request, FaultPlan plan)
    {
        var milliseconds = (long)plan.Hint.TotalMilliseconds;
        var timeLeft = string.Create(CultureInfo.InvariantCulture, $"Limit:20,Remain:0,TimeLeft:{milliseconds},Reset:{milliseconds}");
        return Of(refusal with { Status = fault.Dice.Of(2, 400, 429) }, request) with
        {
            Hint = fault.Dice.Of(3, [.. plan.Hints]) switch
            {
                ThrottlingHint.RetryAfter => ("x-acs-retry-after", milliseconds.ToString(CultureInfo.InvariantCulture)),
                ThrottlingHint.RateLimitUserApi => ("x-ratelimit-user-api", timeLeft),
                ThrottlingHint.RateLimitUser => ("x-ratelimit-user", timeLeft),
                _ => null,
            },
        };
    }

    private static SandboxResponse Of(GatewayRefusal refusal, WireRequest request) =>
        refusal.SandboxResponse(Guid.NewGuid(), request.Host, SignedCall.WantsXml(request));
}
