using System.Globalization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace IotCard.Sandbox;

/// <summary>The way of a request through the sandbox: it arrives, is carried out, and is answered.</summary>
internal sealed class SandboxApplication(SandboxOptions options, ServiceLog log, CancellationToken stopping) : IHttpApplication<HttpContext>
{
    private readonly Gateway _gateway = new(options);
    private readonly CardService _service = new(options, log);
    private readonly TextWriter? _output = options.Output is { } output ? TextWriter.Synchronized(output) : null;

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        var started = options.Clock.GetTimestamp();
        var inFlight = true;
        log.Arrive();
        try
        {
            var request = await WireRequest.ReadAsync(context);
            var answer = CarryOut(request);
            await HoldBackAsync(context.RequestAborted);

            // Told before the last byte leaves, so that whoever has the answer finds the record complete.
            log.CountAnswer(answer.Code);
            _output?.WriteLine(RequestLine.Format(options.Clock.GetUtcNow(), request, answer, options.Clock.GetElapsedTime(started)));
            log.Leave();
            inFlight = false;
            await SendAsync(context.Response, answer);
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

    private Answer CarryOut(WireRequest request)
    {
        var requestId = Guid.NewGuid();
        var refusal = _gateway.Admit(request, out var call);
        return refusal is null
            ? _service.Carry(call!, requestId)
            : refusal.Answer(requestId, request.Host, SignedCall.WantsXml(request));
    }

    private async ValueTask HoldBackAsync(CancellationToken aborted)
    {
        if (options.Latency == TimeSpan.Zero)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        await Task.Delay(options.Latency, options.Clock, either.Token);
    }

    private async Task SendAsync(HttpResponse response, Answer answer)
    {
        var body = AnswerWriter.Write(answer);
        response.StatusCode = answer.Status;
        response.ContentType = AnswerWriter.ContentType(answer);
        response.ContentLength = body.Length;
        response.Headers.Date = options.Clock.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.Headers["x-acs-request-id"] = RequestIds.Format(answer.RequestId);
        await response.BodyWriter.WriteAsync(body);
    }
}
