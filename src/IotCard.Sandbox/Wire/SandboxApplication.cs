using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox;

/// <summary>The way of a request through the sandbox: it arrives, is carried out, and is answered; or a fault strikes it.</summary>
internal sealed class SandboxApplication(SandboxOptions options, ServiceLog log, CancellationToken stopping) : IHttpApplication<HttpContext>
{
    private readonly Gateway _gateway = new(options);
    private readonly CardService _service = new(options, log);
    private readonly TextWriter? _output = options.Output is { } output ? TextWriter.Synchronized(output) : null;

    // Null without faults, which cost nothing then.
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
        AdminCalls.Concerns(context) ? new AdminCalls(this, log).ResponseAsync(context) : ResponseAsync(context);

    private async Task ResponseAsync(HttpContext context)
    {
        var started = options.Clock.GetTimestamp();
        var inFlight = true;
        log.Arrive();
        try
        {
            var request = await WireRequest.ReadAsync(context);
            var faults = _faults;
            var fault = faults?.Draw(request) ?? default;
            if (fault.Kind is FaultKind.DelayRequest)
                await DelayAsync(request, fault, faults!.Plan);

            var clockSkew = ClockSkew(fault, faults);
            var answer = CarryOut(request, clockSkew, ref fault, faults);
            await HoldBackAsync(fault, faults, context.RequestAborted);

            var now = options.Clock.GetUtcNow();
            var reply = FaultResponses.Foreign(fault, now + clockSkew) ?? (answer is null ? null : WireResponse.Of(answer, now + clockSkew));

            // Told before the last byte leaves, so that whoever has the answer finds the record complete.
            var whole = fault.BreaksWire ? null : reply;
            if (whole?.Code is { } code)
                log.CountResponse(code);
            _output?.WriteLine(RequestLine.Format(now, request, whole, options.Clock.GetElapsedTime(started), fault.Kind));
            if (fault.Kind is not FaultKind.SwallowResponse)
            {
                log.Leave();
                inFlight = false;
            }

            await (whole?.SendAsync(context.Response) ?? BreakAsync(context, fault, reply));
        }
        catch (Exception exception) when (exception is OperationCanceledException or ConnectionAbortedException or ConnectionResetException)
        {
            context.Abort();
        }
        finally
        {
            if (inFlight)
                log.Leave();
        }
    }

    private static FaultInjector? InjectorOf(FaultPlan plan, SandboxOptions options) => plan.IsEmpty ? null : new FaultInjector(plan, options);

    private static TimeSpan ClockSkew(in DrawnFault fault, FaultInjector? faults)
    {
        if (faults is null)
            return TimeSpan.Zero;
        return fault.Kind is FaultKind.SkewedClock ? faults.Plan.ClockSkew + faults.Plan.StrayClockSkew : faults.Plan.ClockSkew;
    }

    /// <summary>What was decided, or what a fault answers instead; null where nobody decided and the fault has no words of its own.</summary>
    private SandboxResponse? CarryOut(WireRequest request, TimeSpan clockSkew, ref DrawnFault fault, FaultInjector? faults)
    {
        if (faults is null)
            return Decide(request, TimeSpan.Zero, checkNonce: true, fault: default);

        var checkNonce = faults.Plan.NonceMemory && fault.Kind is not FaultKind.ForgetNonce;
        var answer = Decide(request, clockSkew, checkNonce, fault);
        var carriedOut = CardService.IsCarriedOut(answer);
        switch (fault.Kind)
        {
            case FaultKind.OkWithoutResult or FaultKind.OkButNotDone when answer is null:
                answer = _service.EmptySuccess(SignedCall.WantsXml(request), withResult: fault.Kind is FaultKind.OkButNotDone);
                break;
            case FaultKind.OkWithoutResult when carriedOut:
                answer = answer! with { Payload = null };
                break;
            case FaultKind.OkWithoutResult or FaultKind.OkButNotDone:
                // Refused or failed: there is no OK to be spoilt.
                fault = default;
                break;
            case FaultKind.DuplicateDelivery:
                log.Arrive();
                answer = Decide(request, clockSkew, checkNonce, fault);
                log.Leave();
                break;
            default:
                answer = FaultResponses.Refusal(fault, request, faults.Plan) ?? answer;
                break;
        }

        if (fault.Kind is not (FaultKind.None or FaultKind.DelayRequest))
            Record(request, fault, carriedOut);
        return answer;
    }

    private SandboxResponse? Decide(WireRequest request, TimeSpan clockSkew, bool checkNonce, in DrawnFault fault)
    {
        if (fault.EndsAt(FaultMoment.OnArrival))
            return null;
        var requestId = Guid.NewGuid();
        if (_gateway.Admit(request, clockSkew, checkNonce, out var call) is { } refusal)
            return refusal.SandboxResponse(requestId, request.Host, SignedCall.WantsXml(request));
        return fault.EndsAt(FaultMoment.BeforeService) ? null : _service.Carry(call!, requestId);
    }

    private void Record(WireRequest request, in DrawnFault fault, bool carriedOut) => log.Record(new FaultInjection
    {
        Kind = fault.Kind,
        Moment = fault.Moment,
        CarriedOut = carriedOut,
        Iccid = request["Iccid"],
        Nonce = SignedCall.NonceOf(request)!,
        Time = options.Clock.GetUtcNow(),
    });

    // Not given up with the client: what was sent arrives.
    private async Task DelayAsync(WireRequest request, DrawnFault fault, FaultPlan plan)
    {
        Record(request, fault, carriedOut: false);
        await Task.Delay(plan.Delay, options.Clock, stopping);
    }

    private async ValueTask HoldBackAsync(DrawnFault fault, FaultInjector? faults, CancellationToken aborted)
    {
        var time = fault.Kind is FaultKind.DelayResponse ? options.Latency + faults!.Plan.Delay : options.Latency;
        if (fault.Kind is FaultKind.DelayRequest)
            aborted.ThrowIfCancellationRequested();
        if (time == TimeSpan.Zero)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        await Task.Delay(time, options.Clock, either.Token);
    }

    private Task BreakAsync(HttpContext context, DrawnFault fault, WireResponse? reply) => fault.Kind switch
    {
        FaultKind.SwallowResponse => BrokenWire.UntilGoneAsync(context, stopping),
        FaultKind.ResetBefore or FaultKind.ResetAfter => BrokenWire.ResetAsync(context, default),
        FaultKind.CutResponse => BrokenWire.ResetAsync(context, reply!.Cut(fault.Dice)),
        FaultKind.TruncateResponse => BrokenWire.CloseAsync(context, reply!.Truncate(fault.Dice), stopping),
        _ => BrokenWire.CloseAsync(context, default, stopping),
    };
}
