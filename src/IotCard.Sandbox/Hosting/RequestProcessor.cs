using IotCard.Sandbox.Audit;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Injection;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Service;
using IotCard.Sandbox.Wire;

namespace IotCard.Sandbox.Hosting;

/// <summary>Takes a request through the gateway and the service, with its fault.</summary>
internal sealed class RequestProcessor(RequestValidator gateway, CardService service, AuditTrail audit, ServiceLog log, TimeProvider clock)
{
    public void Process(Exchange exchange)
    {
        var request = exchange.Request;
        var fault = exchange.Fault;
        if (exchange.Faults is not { } faults)
        {
            exchange.Response = Forward(request, TimeSpan.Zero, checkNonce: true, fault: default);
            return;
        }

        var checkNonce = faults.Plan.NonceMemory && fault.Kind is not FaultKind.ForgetNonce;
        var response = Forward(request, exchange.ClockSkew, checkNonce, fault);
        exchange.Executed = CardService.IsExecuted(response);
        switch (fault.Kind)
        {
            case FaultKind.OkWithoutResult or FaultKind.OkButNotDone when response is null:
                response = service.EmptySuccess(SignedCall.WantsXml(request), withResult: fault.Kind is FaultKind.OkButNotDone);
                break;
            case FaultKind.OkWithoutResult when exchange.Executed:
                response = response! with { Payload = null };
                break;
            case FaultKind.LowerCaseOk when exchange.Executed:
                response = response! with { Code = "ok" };
                break;
            case FaultKind.OkWithoutResult or FaultKind.OkButNotDone or FaultKind.LowerCaseOk:
                // Refused or failed: there is no OK to replace.
                exchange.Fault = default;
                break;
            case FaultKind.DuplicateDelivery:
                log.BeginRequest();
                response = Forward(request, exchange.ClockSkew, checkNonce, fault);
                log.EndRequest();
                break;
            default:
                response = FaultResponses.Refusal(fault, request, faults.Plan) ?? response;
                break;
        }

        // A delayed request is recorded when it is held, a shifted response when its replacement is known.
        if (exchange.Fault.Kind is not (FaultKind.None or FaultKind.DelayRequest or FaultKind.ShiftedResponse))
        {
            Record(exchange);
        }

        exchange.Response = response;
    }

    /// <summary>Records the injected fault.</summary>
    public void Record(Exchange exchange) => log.Record(new FaultInjection
    {
        Kind = exchange.Fault.Kind,
        Moment = exchange.Fault.Moment,
        Executed = exchange.Executed,
        Iccid = exchange.Request["Iccid"],
        Nonce = SignedCall.NonceOf(exchange.Request) ?? "",
        Time = clock.GetUtcNow(),
    });

    private SandboxResponse? Forward(WireRequest request, TimeSpan clockSkew, bool checkNonce, in DrawnFault fault)
    {
        if (fault.EndsAt(FaultMoment.OnArrival))
        {
            return null;
        }

        var requestId = Guid.NewGuid();
        var response = gateway.Validate(request, clockSkew, checkNonce, out var call) is { } refusal
            ? refusal.ToResponse(requestId, request.Host, SignedCall.WantsXml(request))
            : fault.EndsAt(FaultMoment.BeforeService) ? null
            : Execute(call!, requestId);
        if (response is not null && !log.CountsOnly)
        {
            audit.Record(request, response);
        }

        return response;
    }

    private SandboxResponse Execute(Call call, Guid requestId) =>
        call.Action is ActionCatalog.LookupEventsAction ? audit.LookUp(call, requestId) : service.Execute(call, requestId);
}
