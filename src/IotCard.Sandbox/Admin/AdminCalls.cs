using System.Net;
using System.Text.Json;
using IotCard.Sandbox.Audit;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Injection;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Admin;

/// <summary>
/// The calls under <c>/sandbox/</c>, with which another process controls and queries the sandbox. They are not signed,
/// but need the sandbox's token; they are not counted, and never affected by a fault or an outage.
/// </summary>
internal sealed class AdminCalls(AdminToken token, FaultSwitch faults, OutageSwitch outage, AuditTrail audit, ServiceLog log)
{
    private const string Prefix = "/sandbox/";

    public static bool AppliesTo(HttpContext context) =>
        context.Request.Path.Value is { Length: > 1 } path && path.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task RespondAsync(HttpContext context)
    {
        var request = context.Request;
        if (!IsLocal(request))
        {
            await SendAsync(context, StatusCodes.Status403Forbidden, new { Error = "Only a program on this machine may call this, not a web page." });
        }
        else if (!token.IsIn(request))
        {
            await SendAsync(context, StatusCodes.Status401Unauthorized, new { Error = $"The header {AdminToken.Header} must have the token that serve prints." });
        }
        else if (request.Path.Value is Prefix + "faults")
        {
            await FaultsAsync(context);
        }
        else if (request.Path.Value is Prefix + "outage")
        {
            await OutageAsync(context);
        }
        else if (request.Path.Value is Prefix + "log")
        {
            await LogAsync(context);
        }
        else if (request.Path.Value is Prefix + "audit")
        {
            await AuditAsync(context);
        }
        else
        {
            await SendAsync(context, StatusCodes.Status404NotFound, new { Error = "Unknown path. Use /sandbox/faults, /sandbox/outage, /sandbox/audit or /sandbox/log." });
        }
    }

    private async Task FaultsAsync(HttpContext context)
    {
        switch (context.Request.Method)
        {
            case "GET":
                break;
            case "PUT":
                try
                {
                    faults.Plan = AdminJson.ReadPlan(await WireRequest.ReadBodyAsync(context));
                }
                catch (JsonException exception)
                {
                    await SendAsync(context, StatusCodes.Status400BadRequest, new { Error = exception.Message });
                    return;
                }

                break;
            case "DELETE":
                faults.Plan = FaultPlan.None;
                break;
            default:
                await RefuseMethodAsync(context, "GET, PUT, DELETE");
                return;
        }

        await SendAsync(context, StatusCodes.Status200OK, faults.Plan);
    }

    private async Task OutageAsync(HttpContext context)
    {
        switch (context.Request.Method)
        {
            case "GET":
                break;
            case "PUT":
                Outage given;
                try
                {
                    given = AdminJson.ReadOutage(await WireRequest.ReadBodyAsync(context));
                }
                catch (JsonException exception)
                {
                    await SendAsync(context, StatusCodes.Status400BadRequest, new { Error = exception.Message });
                    return;
                }

                // Connections are refused only once this call is answered, so that cannot be awaited here.
                var setting = outage.SetAsync(given);
                if (given.Kind is not OutageKind.Refuse)
                {
                    await setting;
                }

                break;
            case "DELETE":
                await outage.SetAsync(null);
                break;
            default:
                await RefuseMethodAsync(context, "GET, PUT, DELETE");
                return;
        }

        await SendAsync(context, StatusCodes.Status200OK, new { Outage = outage.Current, outage.IsActive, log.OutageRequests });
    }

    private async Task AuditAsync(HttpContext context)
    {
        switch (context.Request.Method)
        {
            case "GET":
                break;
            case "PUT":
                try
                {
                    audit.Options = AdminJson.ReadAuditTrail(await WireRequest.ReadBodyAsync(context));
                }
                catch (JsonException exception)
                {
                    await SendAsync(context, StatusCodes.Status400BadRequest, new { Error = exception.Message });
                    return;
                }

                break;
            case "DELETE":
                audit.Options = new AuditTrailOptions();
                break;
            default:
                await RefuseMethodAsync(context, "GET, PUT, DELETE");
                return;
        }

        await SendAsync(context, StatusCodes.Status200OK, audit.Options);
    }

    private async Task LogAsync(HttpContext context)
    {
        switch (context.Request.Method)
        {
            case "GET":
                break;
            case "DELETE":
                log.Reset();
                break;
            default:
                await RefuseMethodAsync(context, "GET, DELETE");
                return;
        }

        await SendAsync(context, StatusCodes.Status200OK, AdminLog.From(log));
    }

    // A page whose host name resolves to this machine is recognized by Host, any other page by Origin.
    private static bool IsLocal(HttpRequest request)
    {
        var host = request.Host.Host;
        var loopback = string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        return loopback && request.Headers.Origin.Count == 0;
    }

    private static Task RefuseMethodAsync(HttpContext context, string allowed)
    {
        context.Response.Headers.Allow = allowed;
        return SendAsync(context, StatusCodes.Status405MethodNotAllowed, new { Error = $"Allowed: {allowed}." });
    }

    private static async Task SendAsync<T>(HttpContext context, int status, T value)
    {
        var json = AdminJson.Write(value);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json;charset=utf-8";
        context.Response.ContentLength = json.Length;
        await context.Response.BodyWriter.WriteAsync(json);
    }
}
