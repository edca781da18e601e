using IotCard.Sandbox.Admin;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Service;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox.Wire;

/// <summary>The path of a request through the sandbox, including an injected fault.</summary>
internal sealed class SandboxApplication(SandboxOptions options, ServiceLog log, OutageSwitch outage, CancellationToken stopping)
    : IHttpApplication<HttpContext>
{
    private readonly RequestValidator _gateway = new(options);
    private readonly CardService _service = new(options, log);
    private readonly ResponseShift _shift = new();
    private readonly TextWriter? _output = options.Output is { } output ? TextWriter.Synchronized(output) : null;

    // Null without faults, so that they cost nothing.
    private volatile FaultInjector? _faults = InjectorOf(options.Faults, options);

    public FaultPlan Faults
    {
        get => _faults?.Plan ?? FaultPlan.None;
        set => _faults = InjectorOf(value, options);
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context) =>
        AdminCalls.AppliesTo(context) ? new AdminCalls(this, outage, log).RespondAsync(context) : RespondAsync(context);

    private async Task RespondAsync(HttpContext context)
    {
        var started = options.Clock.GetTimestamp();
        var inFlight = true;
        log.BeginRequest();
        try
        {
            var exchange = new Exchange(await WireRequest.ReadAsync(context), _faults);
            var keptOff = outage.Enter(exchange, Begin);
            if (keptOff is null && exchange.Fault.Kind is FaultKind.DelayRequest)
            {
                await DelayRequestAsync(exchange, context.RequestAborted);
                keptOff = outage.Enter(exchange, Process);
            }

            if (keptOff is { } kind)
            {
                var response = kind is OutageKind.Unavailable ? Unavailable(exchange.Request) : null;
                Finish(exchange, response, started, "Outage");
                inFlight = false;
                await (response?.SendAsync(context.Response) ?? BrokenWire.ResetAsync(context, default));
                return;
            }

            await DelayResponseAsync(exchange, context.RequestAborted);
            var fault = exchange.Fault;
            var reply = CreateReply(exchange);
            var complete = fault.BreaksWire ? null : reply;
            if (complete is not null && exchange.Faults is not null)
            {
                complete = Shift(context, exchange, complete);
            }

            if (fault.Kind is FaultKind.SwallowResponse)
            {
                WriteLine(exchange, complete, started, fault.Kind.ToString());
            }
            else
            {
                Finish(exchange, complete, started, exchange.Fault.Kind is FaultKind.None ? null : exchange.Fault.Kind.ToString());
                inFlight = false;
            }

            await (complete?.SendAsync(context.Response) ?? BreakAsync(context, fault, reply));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionAbortedException or ConnectionResetException)
        {
            context.Abort();
        }
        finally
        {
            if (inFlight)
            {
                log.EndRequest();
            }
        }
    }

    private static FaultInjector? InjectorOf(FaultPlan plan, SandboxOptions options) => plan.IsEmpty ? null : new FaultInjector(plan, options);

    // Recorded before the last byte is sent, so that a client that has the response finds a complete log.
    private void Finish(Exchange exchange, WireResponse? sent, long started, string? fault)
    {
        if (sent?.Code is { } code)
        {
            log.CountResponse(code);
        }

        WriteLine(exchange, sent, started, fault);
        log.EndRequest();
    }

    private void WriteLine(Exchange exchange, WireResponse? sent, long started, string? fault) =>
        _output?.WriteLine(AccessLogLine.Format(options.Clock.GetUtcNow(), exchange.Request, sent, options.Clock.GetElapsedTime(started), fault));

    private WireResponse Unavailable(WireRequest request) => WireResponse.From(
        FaultResponses.ServiceUnavailable.ToResponse(Guid.NewGuid(), request.Host, SignedCall.WantsXml(request)), options.Clock.GetUtcNow());

    private WireResponse? CreateReply(Exchange exchange)
    {
        var date = options.Clock.GetUtcNow() + exchange.ClockSkew;
        return FaultResponses.Foreign(exchange.Fault, date) ?? (exchange.Response is { } response ? WireResponse.From(response, date) : null);
    }

    private WireResponse Shift(HttpContext context, Exchange exchange, WireResponse own)
    {
        var sent = _shift.Exchange(context, own, exchange.Fault);
        if (ReferenceEquals(sent, own))
        {
            // The fault found no other response to send.
            if (exchange.Fault.Kind is FaultKind.ShiftedResponse)
            {
                exchange.Fault = default;
            }

            return own;
        }

        if (exchange.Fault.Kind is FaultKind.None or FaultKind.ShiftedResponse)
        {
            exchange.Fault = new DrawnFault(FaultKind.ShiftedResponse, FaultMoment.AfterService, FaultRandom.Fixed);
            Record(exchange, exchange.Executed);
        }

        return sent;
    }

    private void Begin(Exchange exchange)
    {
        exchange.Fault = exchange.Faults?.Draw(exchange.Request) ?? default;
        if (exchange.Fault.Kind is not FaultKind.DelayRequest)
        {
            Process(exchange);
        }
    }

    private void Process(Exchange exchange)
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
                response = _service.EmptySuccess(SignedCall.WantsXml(request), withResult: fault.Kind is FaultKind.OkButNotDone);
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
            Record(exchange, exchange.Executed);
        }

        exchange.Response = response;
    }

    private SandboxResponse? Forward(WireRequest request, TimeSpan clockSkew, bool checkNonce, in DrawnFault fault)
    {
        if (fault.EndsAt(FaultMoment.OnArrival))
        {
            return null;
        }

        var requestId = Guid.NewGuid();
        if (_gateway.Validate(request, clockSkew, checkNonce, out var call) is { } refusal)
        {
            return refusal.ToResponse(requestId, request.Host, SignedCall.WantsXml(request));
        }

        return fault.EndsAt(FaultMoment.BeforeService) ? null : _service.Execute(call!, requestId);
    }

    private void Record(Exchange exchange, bool executed) => log.Record(new FaultInjection
    {
        Kind = exchange.Fault.Kind,
        Moment = exchange.Fault.Moment,
        Executed = executed,
        Iccid = exchange.Request["Iccid"],
        Nonce = SignedCall.NonceOf(exchange.Request) ?? "",
        Time = options.Clock.GetUtcNow(),
    });

    // Not canceled when the client disconnects: what was sent arrives.
    private async Task DelayRequestAsync(Exchange exchange, CancellationToken aborted)
    {
        Record(exchange, executed: false);
        using var hold = log.HoldBack(aborted);
        await Task.Delay(exchange.Faults!.Plan.Delay, options.Clock, stopping);
    }

    private async ValueTask DelayResponseAsync(Exchange exchange, CancellationToken aborted)
    {
        var time = exchange.Fault.Kind is FaultKind.DelayResponse ? options.Latency + exchange.Faults!.Plan.Delay : options.Latency;
        if (exchange.Fault.Kind is FaultKind.DelayRequest)
        {
            aborted.ThrowIfCancellationRequested();
        }

        if (time == TimeSpan.Zero)
        {
            return;
        }

        using var hold = log.HoldBack(aborted);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        await Task.Delay(time, options.Clock, either.Token);
    }

    private async Task SwallowAsync(HttpContext context)
    {
        using var hold = log.HoldBack(context.RequestAborted);
        await BrokenWire.WaitForDisconnectAsync(context, stopping);
    }

    private Task BreakAsync(HttpContext context, DrawnFault fault, WireResponse? reply) => fault.Kind switch
    {
        FaultKind.SwallowResponse => SwallowAsync(context),
        FaultKind.ResetBefore or FaultKind.ResetAfter => BrokenWire.ResetAsync(context, default),
        FaultKind.CutResponse => BrokenWire.ResetAsync(context, reply!.Cut(fault.Random)),
        FaultKind.TruncateResponse => BrokenWire.CloseAsync(context, reply!.Truncate(fault.Random), stopping),
        _ => BrokenWire.CloseAsync(context, default, stopping),
    };
}
