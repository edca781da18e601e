using System.Net;
using System.Net.Sockets;
using System.Text;
using IotCard.Client.Rules;
using IotCard.Client.Service;
using IotCard.Client.Signing;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Service;

public sealed class ServiceTransportTests
{
    private static readonly CancellationToken Never = CancellationToken.None;

    [Fact]
    public async Task No_request_asks_whether_to_send_its_content()
    {
        bool? asks = null;
        using var handler = new StubHandler((request, _) =>
        {
            asks = request.Headers.ExpectContinue;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") });
        });
        await Send(handler);
        Assert.False(asks);

        asks = null;
        using var home = new Credentials.CredentialHome { Transport = handler };
        home.WriteCliProfile(""" "mode":"RamRoleArn","access_key_id":"LTAIcliprofile001","access_key_secret":"cli-secret","ram_role_arn":"acs:ram::1:role/r" """);
        await home.FailureAsync("default");
        Assert.False(asks);
    }

    [Theory]
    [InlineData("OK", 200, nameof(AttemptStatus.Answered), nameof(ExecutionCertainty.Answered))]
    [InlineData("isv.IOT_RES_NOT_EXIST", 400, nameof(AttemptStatus.Answered), nameof(ExecutionCertainty.Answered))]
    [InlineData("isv.IOT_RES_NOT_EXIST", 200, nameof(AttemptStatus.Answered), nameof(ExecutionCertainty.Answered))]
    [InlineData("isv.SYSTEM_ERROR", 500, nameof(AttemptStatus.Answered), nameof(ExecutionCertainty.Answered))]
    [InlineData("Throttling", 400, nameof(AttemptStatus.Throttled), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("Throttling.User", 429, nameof(AttemptStatus.Throttled), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("Throttling.Api", 503, nameof(AttemptStatus.Throttled), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("ServiceUnavailable", 503, nameof(AttemptStatus.Lost), nameof(ExecutionCertainty.NotKnown))]
    [InlineData("InternalError", 500, nameof(AttemptStatus.Lost), nameof(ExecutionCertainty.NotKnown))]
    [InlineData("SomethingNew", 400, nameof(AttemptStatus.Refused), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("SignatureNonceUsed", 400, nameof(AttemptStatus.NonceUsed), nameof(ExecutionCertainty.NotKnown))]
    [InlineData("InvalidTimeStamp.Expired", 400, nameof(AttemptStatus.ClockRefused), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidTimeStamp.Format", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidSecurityToken.Expired", 400, nameof(AttemptStatus.TokenExpired), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidSecurityToken.Malformed", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidSecurityToken.MismatchWithAccessKey", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("MissingSecurityToken", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidAccessKeyId.NotFound", 404, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidAccessKeyId.Inactive", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("SignatureDoesNotMatch", 403, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("IncompleteSignature", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("Forbidden.RAM", 403, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("NoPermission", 400, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    [InlineData("InvalidApi.NotFound", 404, nameof(AttemptStatus.Fatal), nameof(ExecutionCertainty.NotExecuted))]
    public async Task A_response_is_classified_by_its_code(string code, int httpStatus, string status, string certainty)
    {
        var result = await Send(Answering(httpStatus, $$"""{"RequestId":"R","Code":"{{code}}"}"""));

        Assert.Equal((status, certainty, code, httpStatus), (result.Status.ToString(), result.Certainty.ToString(), result.Code, result.HttpStatus));
    }

    [Theory]
    [InlineData(200, """{"code":504}""")]
    [InlineData(200, """{"RequestId":"R","Code":200}""")]
    [InlineData(408, """{"RequestId":"R","code":"RequestTimeout"}""")]
    [InlineData(425, """{"RequestId":"R","Code":"TooEarly"}""")]
    [InlineData(429, """{"code":429}""")]
    [InlineData(429, """{"RequestId":"R","Code":"TooMany"}""")]
    [InlineData(499, """{"RequestId":"R","Code":"ClientClosedRequest"}""")]
    [InlineData(502, """{"RequestId":"R","Code":"SomethingNew"}""")]
    [InlineData(200, """{"RequestId":"R","Code":"SomethingNew"}""")]
    [InlineData(400, """{"Code":"Throttling"}""")]
    [InlineData(400, """{"RequestId":"","Code":"Throttling"}""")]
    [InlineData(200, """{"RequestId":"R","Code":"ok","IotModBind":{"IsModSuccess":true}}""")]
    [InlineData(400, """{"RequestId":"R","Code":"\u0007"}""")]
    [InlineData(400, """{"RequestId":"R","Code":"isv.\u001b[31m"}""")]
    [InlineData(200, """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""")]
    [InlineData(404, """{"Code":"isv.ERROR_BIND_NOT_EXIST"}""")]
    [InlineData(403, """<Error><Code>Forbidden.RAM</Code></Error>""")]
    public async Task What_a_middlebox_may_have_said_after_forwarding_is_a_lost_response(int status, string body)
    {
        var result = await Send(Answering(status, body));

        Assert.Equal((AttemptStatus.Lost, ExecutionCertainty.NotKnown, status), (result.Status, result.Certainty, result.HttpStatus));
        Assert.Contains(result.Code, new[] { AttemptCode.ResponseNotRecognized, AttemptCode.ResponseUnreadable });
    }

    [Theory]
    [InlineData(200)]
    [InlineData(302)]
    [InlineData(403)]
    [InlineData(502)]
    public async Task What_is_not_a_response_is_a_lost_one(int status)
    {
        var result = await Send(Answering(status, "<html>a proxy's page</html>"));

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ResponseUnreadable, status), (result.Status, result.Code, result.HttpStatus));
    }

    [Fact]
    public async Task An_unreachable_host_as_the_cause_of_a_connection_that_broke_later_does_not_mean_that_nothing_was_sent()
    {
        Assert.SkipWhen(ClientBuild.IsForNet, ".NET says by itself whether the request had left.");
        var unreachable = new SocketException((int)SocketError.HostUnreachable);
        var broken = new WebException("broken", unreachable, WebExceptionStatus.ReceiveFailure, response: null);
        var refused = new WebException("refused", unreachable, WebExceptionStatus.ConnectFailure, response: null);

        var lost = await Send(new StubHandler((_, _) => throw new HttpRequestException("sent", broken)));
        var unsent = await Send(new StubHandler((_, _) => throw new HttpRequestException("not sent", refused)));

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ConnectionLost), (lost.Status, lost.Code));
        Assert.Equal((AttemptStatus.NotConnected, AttemptCode.ConnectionFailed), (unsent.Status, unsent.Code));
    }

    [Fact]
    public async Task A_redirect_is_never_followed()
    {
        await using var server = new SingleResponseServer("HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");

        var result = await Send(ServiceHandler.Create(), server.Endpoint);

        Assert.Equal((AttemptStatus.Lost, 307), (result.Status, result.HttpStatus));
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [InlineData("x-acs-retry-after", "1500", 1500)]
    [InlineData("x-acs-retry-after", "0", null)]
    [InlineData("x-acs-retry-after", "-5", null)]
    [InlineData("x-acs-retry-after", "soon", null)]
    [InlineData("x-ratelimit-user-api", "Limit:100,Remain:0,TimeLeft:2000,Reset:3", 2000)]
    [InlineData("x-ratelimit-user", "TimeLeft:700", 700)]
    [InlineData("x-ratelimit-user", "Limit:100", null)]
    public async Task A_response_says_how_long_to_wait(string header, string value, int? milliseconds)
    {
        var result = await Send(Answering(429, """{"RequestId":"R","Code":"Throttling.User"}""", (header, value)));

        Assert.Equal(milliseconds is { } ms ? TimeSpan.FromMilliseconds(ms) : (TimeSpan?)null, result.RetryAfter);
    }

    [Fact]
    public async Task A_response_shows_the_gateways_clock()
    {
        var result = await Send(Answering(400, """{"RequestId":"R","Code":"InvalidTimeStamp.Expired"}""", ("Date", "Mon, 23 Nov 2026 08:00:00 GMT")));

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), result.ServerTime);
    }

    [Fact]
    public async Task A_refused_connection_sends_nothing()
    {
        var port = FreePort();

        var result = await Send(ServiceHandler.Create(), new Uri($"http://127.0.0.1:{port}"));

        Assert.Equal((AttemptStatus.NotConnected, AttemptCode.ConnectionFailed), (result.Status, result.Code));
        Assert.Equal(ExecutionCertainty.NotExecuted, result.Certainty);
        Assert.Equal(new ConnectionRoute($"127.0.0.1:{port}", Proxy: null), result.Route);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_sends_nothing()
    {
        var result = await Send(ServiceHandler.Create(), new Uri("http://iotcard.invalid"));

        Assert.Equal((AttemptStatus.NotConnected, AttemptCode.NameNotResolved), (result.Status, result.Code));
    }

    [Fact]
    public async Task A_failed_TLS_handshake_sends_nothing()
    {
        await using var server = new SingleResponseServer("HTTP/1.1 400 Bad Request\r\n\r\n");

        var result = await Send(ServiceHandler.Create(), new UriBuilder(server.Endpoint) { Scheme = "https" }.Uri);

        Assert.Equal((AttemptStatus.NotConnected, AttemptCode.TlsFailed), (result.Status, result.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"Code\":\"OK\"")]
    public async Task A_connection_cut_after_sending_is_a_lost_response(string sent)
    {
        await using var server = new SingleResponseServer(sent);

        var result = await Send(ServiceHandler.Create(), server.Endpoint);

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ConnectionLost, ExecutionCertainty.NotKnown), (result.Status, result.Code, result.Certainty));
    }

    [Fact]
    public async Task No_response_in_time_is_a_lost_one()
    {
        var clock = new FakeTimeProvider();
        using var handler = TimingOut(clock, hasSent: true);

        var result = await Send(handler, clock: clock);

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ResponseTimeout), (result.Status, result.Code));
    }

    [Fact]
    public async Task A_connection_that_times_out_sends_nothing()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework cannot distinguish it from a lost response, so it counts as lost there.");
        var clock = new FakeTimeProvider();
        using var handler = TimingOut(clock, hasSent: false);

        var result = await Send(handler, clock: clock);

        Assert.Equal((AttemptStatus.NotConnected, AttemptCode.ConnectTimeout), (result.Status, result.Code));
    }

    [Fact]
    public async Task An_endless_response_is_a_lost_one()
    {
        var result = await Send(Answering(200, """{"Code":"OK"}""" + new string(' ', ResponseReader.MaximumLength)));

        Assert.Equal((AttemptStatus.Lost, AttemptCode.ResponseUnreadable), (result.Status, result.Code));
    }

    [Fact]
    public async Task Abandoning_an_attempt_after_sending_began_throws_and_returns_no_result()
    {
        using var stop = new CancellationTokenSource();
        using var handler = new StubHandler(async (request, cancellationToken) =>
        {
            await request.Content!.ReadAsByteArrayAsync(Never);
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("not reached");
        });
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromSeconds(10));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => transport.SendAsync(Request(), stop.Token));
    }

    [Fact]
    public async Task An_attempt_that_is_abandoned_before_anything_was_sent_was_not_sent()
    {
        Assert.SkipUnless(ClientBuild.IsForNet, ".NET Framework does not tell whether anything was sent.");
        using var stop = new CancellationTokenSource();
        using var handler = new StubHandler(async (_, cancellationToken) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("not reached");
        });
        using var transport = new ServiceTransport(() => new SharedHandler(handler), TimeProvider.System, TimeSpan.FromSeconds(10));

        var result = await transport.SendAsync(Request(), stop.Token);

        Assert.Equal((AttemptStatus.NotSent, OutcomeCode.Stopped), (result.Status, result.Code));
    }

    private static StubHandler TimingOut(FakeTimeProvider clock, bool hasSent) => new(async (request, cancellationToken) =>
    {
        if (hasSent)
        {
            await request.Content!.ReadAsByteArrayAsync(Never);
        }

        clock.Advance(TimeSpan.FromSeconds(10));
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("not reached");
    });

    private static StubHandler Answering(int status, string body, params (string Name, string Value)[] headers) =>
        new((_, _) =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8) };
            foreach (var (name, value) in headers)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }

            return Task.FromResult(response);
        });

    private static async Task<AttemptResult> Send(HttpMessageHandler handler, Uri? endpoint = null, TimeProvider? clock = null)
    {
        using var transport = new ServiceTransport(() => new SharedHandler(handler), clock ?? TimeProvider.System, TimeSpan.FromSeconds(10));
        return await transport.SendAsync(Request(endpoint), TestContext.Current.CancellationToken);
    }

    private static SignedRequest Request(Uri? endpoint = null) =>
        new RequestSigner(SignatureMethod.Acs3HmacSha256).Sign(
            new ApiRequest(new ApiAction(endpoint ?? new Uri("http://127.0.0.1:1"), "A", "1")), new Credential("id", "secret"), "n", DateTimeOffset.UtcNow);

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
