using System.Globalization;

namespace IotCard.Client.Tests.Simulation;

/// <summary>The service and its gateway: cards and their devices, nonces of 15 minutes, a quota.</summary>
internal sealed class SimulatedGateway(SimulatedTime time, Random random)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    private readonly Dictionary<string, string?> _deviceOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _nonces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _executed = new(StringComparer.Ordinal);
    private int _requests;

    /// <summary>Whether every second request is told to wait, whatever the rate.</summary>
    internal bool ThrottlesInTurn { get; set; }

    /// <summary>The share of the requests that end in a way of the service's own: it throttles, breaks, or is unavailable.</summary>
    internal double Trouble { get; set; }

    internal void Register(string iccid, string imei) => _deviceOf[iccid] = imei;

    /// <summary>How often an operation was carried out.</summary>
    internal int Executed(string operation) => _executed.GetValueOrDefault(operation);

    /// <summary>Processes a request that arrives a second time, right behind the first. What was not let in is not let in now.</summary>
    internal SimulatedResponse ReceiveAgain(SimulatedResponse first)
    {
        _requests++;
        return Respond(first.To, first.Code is "Throttling.User" or "InvalidTimeStamp.Expired" ? first.Code : "SignatureNonceUsed", 400);
    }

    /// <summary>Processes a request that arrives.</summary>
    internal SimulatedResponse Receive(SimulatedRequest request)
    {
        var isTurn = ++_requests % 2 == 0;
        if ((ThrottlesInTurn && isTurn) || random.NextDouble() < Trouble * 0.3)
        {
            return Respond(request, "Throttling.User", 429);
        }

        var now = time.GetUtcNow();
        if ((now - request.Timestamp).Duration() > Life)
        {
            return Respond(request, "InvalidTimeStamp.Expired", 400);
        }

        if (_nonces.TryGetValue(request.Nonce, out var until) && until > now)
        {
            return Respond(request, "SignatureNonceUsed", 400);
        }

        _nonces[request.Nonce] = now + Life;
        var breaks = random.NextDouble() < Trouble * 0.3;
        var executes = !breaks || random.Next(2) == 0;
        var code = executes ? Execute(request) : "OK";
        return breaks ? Respond(request, random.Next(3) switch { 0 => "ServiceUnavailable", 1 => "InternalError", _ => "isv.SYSTEM_ERROR" }, 503)
            : Respond(request, code, code == "OK" ? 200 : 404);
    }

    private string Execute(SimulatedRequest request)
    {
        if (!_deviceOf.TryGetValue(request.Iccid, out var device))
        {
            return "isv.IOT_RES_NOT_EXIST";
        }

        if (device != request.Imei)
        {
            return "isv.ERROR_BIND_NOT_EXIST";
        }

        _deviceOf[request.Iccid] = request.NewImei;
        _executed[request.Operation] = Executed(request.Operation) + 1;
        return "OK";
    }

    private SimulatedResponse Respond(SimulatedRequest request, string code, int status)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"R-{_requests}");
        var verdict = code == "OK" ? ""","IotModBind":{"IsModSuccess":true}""" : "";
        return new SimulatedResponse(request, code, status, $$"""{"RequestId":"{{id}}","Code":"{{code}}"{{verdict}}}""");
    }
}
