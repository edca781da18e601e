using IotCard.Sandbox.Admin;
using IotCard.Sandbox.Faults;
using IotCard.Sandbox.Gateway;
using IotCard.Sandbox.Injection;
using IotCard.Sandbox.Logging;
using IotCard.Sandbox.Wire;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox.Hosting;

/// <summary>The path of a request through the sandbox, including an injected fault.</summary>
internal sealed class SandboxApplication(
    AdminCalls admin, RequestProcessor processor, FaultSwitch faults, OutageSwitch outage, ServiceLog log, RequestTiming timing, TextWriter? output)
    : IHttpApplication<HttpContext>
{
    private readonly ResponseShift _shift = new();
    private readonly TextWriter? _output = output is null ? null : TextWriter.Synchronized(output);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public Task ProcessRequestAsync(HttpContext context) =>
        AdminCalls.AppliesTo(context) ? admin.RespondAsync(context) : RespondAsync(context);

    private async Task RespondAsync(HttpContext context)
    {
        var started = timing.Clock.GetTimestamp();
        var inFlight = true;
        log.BeginRequest();
        try
        {
            var exchange = new Exchange(await WireRequest.ReadAsync(context), faults.Injector);
            var keptOff = outage.Enter(exchange, Begin);
            if (keptOff is null && exchange.Fault.Kind is FaultKind.DelayRequest)
            {
                await DelayRequestAsync(exchange, context.RequestAborted);
                keptOff = outage.Enter(exchange, processor.Process);
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
        _output?.WriteLine(AccessLogLine.Format(timing.Clock.GetUtcNow(), exchange.Request, sent, timing.Clock.GetElapsedTime(started), fault));

    private WireResponse Unavailable(WireRequest request) => WireResponse.From(
        FaultResponses.ServiceUnavailable.ToResponse(Guid.NewGuid(), request.Host, SignedCall.WantsXml(request)), timing.Clock.GetUtcNow());

    private WireResponse? CreateReply(Exchange exchange)
    {
        var date = timing.Clock.GetUtcNow() + exchange.ClockSkew;
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
            processor.Record(exchange);
        }

        return sent;
    }

    private void Begin(Exchange exchange)
    {
        exchange.Fault = exchange.Faults?.Draw(exchange.Request) ?? default;
        if (exchange.Fault.Kind is not FaultKind.DelayRequest)
        {
            processor.Process(exchange);
        }
    }

    // Not canceled when the client disconnects: what was sent arrives.
    private async Task DelayRequestAsync(Exchange exchange, CancellationToken aborted)
    {
        processor.Record(exchange);
        var delay = Task.Delay(exchange.Faults!.Plan.Delay, timing.Clock, timing.Stopping);

        // Only now, so that whoever sees it held back can let the time pass.
        using var hold = log.HoldBack(aborted);
        await delay;
    }

    private async ValueTask DelayResponseAsync(Exchange exchange, CancellationToken aborted)
    {
        var time = exchange.Fault.Kind is FaultKind.DelayResponse ? timing.Latency + exchange.Faults!.Plan.Delay : timing.Latency;
        if (exchange.Fault.Kind is FaultKind.DelayRequest)
        {
            aborted.ThrowIfCancellationRequested();
        }

        if (time == TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, timing.Stopping);
        var delay = Task.Delay(time, timing.Clock, either.Token);
        using var hold = log.HoldBack(aborted);
        await delay;
    }

    private async Task SwallowAsync(HttpContext context)
    {
        using var hold = log.HoldBack(context.RequestAborted);
        await BrokenWire.WaitForDisconnectAsync(context, timing.Stopping);
    }

    private Task BreakAsync(HttpContext context, DrawnFault fault, WireResponse? reply) => fault.Kind switch
    {
        FaultKind.SwallowResponse => SwallowAsync(context),
        FaultKind.ResetBefore or FaultKind.ResetAfter => BrokenWire.ResetAsync(context, default),
        FaultKind.CutResponse => BrokenWire.ResetAsync(context, reply!.Cut(fault.Random.CutOffset)),
        FaultKind.TruncateResponse => BrokenWire.CloseAsync(context, reply!.Truncate(fault.Random.CutOffset), timing.Stopping),
        _ => BrokenWire.CloseAsync(context, default, timing.Stopping),
    };
}
