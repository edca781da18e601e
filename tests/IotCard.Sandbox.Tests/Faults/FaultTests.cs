using System.Net;
using System.Text.RegularExpressions;

namespace IotCard.Sandbox.Tests.Faults;

/// <summary>Each kind: what arrives on the wire, and what the log and the fleet say.</summary>
public sealed partial class FaultTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    private static readonly TestRequest Rebind = TestRequest.Rebind(Iccid, Imei, NewImei) with { Time = Sandbox.Noon, Nonce = "n" };

    private static Task<Sandbox> StartAsync(params Fault[] script) => StartAsync(FaultPlan.Script(script));

    private static Task<Sandbox> StartAsync(FaultPlan plan) => Sandbox.StartAsync(new SandboxOptions { Faults = plan, Clock = Sandbox.FakeClock() });

    [Theory]
    [InlineData("CloseBefore", false, false, "OK")]
    [InlineData("CloseBefore@BeforeService", false, false, "SignatureNonceUsed")]
    [InlineData("ResetBefore", true, false, "OK")]
    [InlineData("ResetBefore@BeforeService", true, false, "SignatureNonceUsed")]
    [InlineData("CloseAfter", false, true, "SignatureNonceUsed")]
    [InlineData("ResetAfter", true, true, "SignatureNonceUsed")]
    public async Task A_connection_ends_without_a_response(string fault, bool reset, bool executed, string codeOfResend)
    {
        await using var sandbox = await StartAsync(Fault.Parse(fault));

        var end = await RawConnection.ExchangeAsync(sandbox, Rebind);

        Assert.Equal(("", reset), end);
        AssertInjected(sandbox, Fault.Parse(fault), executed);
        Assert.Empty(sandbox.Log.Responses);
        Assert.Equal(executed ? NewImei : Imei, sandbox.Fleet.Find(Iccid)!.Imei);
        Assert.Equal(0, sandbox.Log.InFlight);
        Assert.Equal(codeOfResend, (await sandbox.SendAsync(Rebind)).Code);
    }

    [Fact]
    public async Task A_kept_open_connection_ends_too()
    {
        await using var sandbox = await StartAsync(FaultKind.None, FaultKind.CutResponse, FaultKind.None, FaultKind.TruncateResponse);

        foreach (var reset in new[] { true, false })
        {
            using var connection = await RawConnection.OpenAsync(sandbox);
            await connection.SendAsync(sandbox, Rebind with { Nonce = Guid.NewGuid().ToString() });
            Assert.StartsWith("HTTP/1.1 ", await connection.ReadResponseAsync(), StringComparison.Ordinal);
            await connection.SendAsync(sandbox, Rebind with { Nonce = Guid.NewGuid().ToString() });
            var (text, wasReset) = await connection.ReadToEndAsync();

            Assert.StartsWith("HTTP/1.1 ", text, StringComparison.Ordinal);
            Assert.Equal(reset, wasReset);
        }
    }

    [Theory]
    [InlineData(FaultKind.CloseBefore, Placement.Query, "OK")]
    [InlineData(FaultKind.CloseAfter, Placement.Query, "SignatureNonceUsed")]
    [InlineData(FaultKind.CloseAfter, Placement.Form, null)]
    [InlineData(FaultKind.ResetAfter, Placement.Query, null)]
    public async Task NETs_own_handler_resends_a_request_without_a_body_if_a_kept_open_connection_is_closed_gracefully(FaultKind kind, Placement placement, string? code)
    {
        await using var sandbox = await StartAsync(FaultKind.None, kind);

        await sandbox.SendAsync((new TestRequest { Action = "QueryCardStatus", Time = Sandbox.Noon }).With("Iccid", Iccid));
        var sending = sandbox.SendAsync(Rebind with { Placement = placement });

        if (code is null)
            await Assert.ThrowsAsync<HttpRequestException>(() => sending);
        else
            Assert.Equal(code, (await sending).Code);
        Assert.Equal(code is null ? 2 : 3, sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_response_is_cut_by_a_reset()
    {
        await using var sandbox = await StartAsync(FaultKind.CutResponse);

        var (text, reset) = await RawConnection.ExchangeAsync(sandbox, Rebind);

        Assert.True(reset);
        Assert.StartsWith("HTTP/1.1 200 OK\r\nContent-Length: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IsModSuccess", text, StringComparison.Ordinal);
        AssertInjected(sandbox, FaultKind.CutResponse, executed: true);
        Assert.Empty(sandbox.Log.Responses);
    }

    [Fact]
    public async Task A_body_is_shorter_than_it_says()
    {
        await using var sandbox = await StartAsync(FaultKind.TruncateResponse);

        var (text, reset) = await RawConnection.ExchangeAsync(sandbox, Rebind);

        Assert.False(reset);
        var promised = int.Parse(ContentLength().Match(text).Groups["length"].Value);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.Equal(promised / 2, body.Length);
        Assert.StartsWith("""{"RequestId":""", body, StringComparison.Ordinal);
        AssertInjected(sandbox, FaultKind.TruncateResponse, executed: true);
    }

    [Fact]
    public async Task A_swallowed_response_never_comes_and_delays_no_other()
    {
        var sandbox = await StartAsync(FaultKind.SwallowResponse, FaultKind.SwallowResponse);
        var patient = await RawConnection.OpenAsync(sandbox);
        var impatient = await RawConnection.OpenAsync(sandbox);
        await patient.SendAsync(sandbox, Rebind);
        await Until(() => sandbox.Log.FaultsTotal == 1);
        await impatient.SendAsync(sandbox, Rebind with { Nonce = "other" });
        await Until(() => sandbox.Log.FaultsTotal == 2);
        await Until(() => sandbox.Log.HeldBack == 2);

        Assert.Equal((1, 2), (sandbox.Log.Executed, sandbox.Log.InFlight));
        Assert.Equal([true, false], sandbox.Log.Injections.Select(injection => injection.Executed));
        var end = patient.ReadToEndAsync();
        impatient.Dispose();
        await Until(() => sandbox.Log.InFlight == 1);
        Assert.Equal(1, sandbox.Log.HeldBack);
        Assert.False(end.IsCompleted);

        await sandbox.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal("", (await end).Text);
        Assert.Equal(0, sandbox.Log.InFlight);
        Assert.Empty(sandbox.Log.Responses);
        patient.Dispose();
    }

    [Fact]
    public async Task A_response_comes_late_by_the_clock()
    {
        var clock = new WatchedClock(waitsFor: 1);
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions
        {
            Faults = FaultPlan.Script(FaultKind.DelayResponse) with { Delay = TimeSpan.FromSeconds(20) }, Clock = clock,
        });

        var response = sandbox.SendAsync(Rebind);
        await clock.Waiting;
        AssertInjected(sandbox, FaultKind.DelayResponse, executed: true);
        clock.Advance(TimeSpan.FromSeconds(19));
        Assert.False(response.IsCompleted);
        Assert.Equal(1, sandbox.Log.HeldBack);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("OK", (await response).Code);
        Assert.Equal(0, sandbox.Log.HeldBack);
    }

    [Fact]
    public async Task A_delayed_request_is_executed_even_if_its_client_has_disconnected()
    {
        var clock = new WatchedClock(waitsFor: 1);
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Script(FaultKind.DelayRequest), Clock = clock });

        using (var connection = await RawConnection.OpenAsync(sandbox))
        {
            await connection.SendAsync(sandbox, Rebind);
            await clock.Waiting;
            AssertInjected(sandbox, FaultKind.DelayRequest, executed: false);
            Assert.Equal(1, sandbox.Log.HeldBack);
        }

        await Until(() => sandbox.Log.HeldBack == 0);

        clock.Advance(TimeSpan.FromSeconds(30));
        await Until(() => sandbox.Log.InFlight == 0);
        Assert.Equal((1, NewImei), (sandbox.Log.Executed, sandbox.Fleet.Find(Iccid)!.Imei));
    }

    [Theory]
    [InlineData("GarbleResponse", 200, "application/json", true)]
    [InlineData("HtmlResponse", 200, "text/html", true)]
    [InlineData("HtmlResponse@OnArrival", 200, "text/html", false)]
    [InlineData("HtmlResponse@BeforeService", 200, "text/html", false)]
    [InlineData("BadGateway", 502, "text/html", false)]
    [InlineData("BadGateway@AfterService", 502, "text/html", true)]
    [InlineData("GatewayTimeout", 504, "text/html", false)]
    [InlineData("GatewayTimeout@BeforeService", 504, "text/html", false)]
    [InlineData("GatewayTimeout@AfterService", 504, "text/html", true)]
    public async Task A_response_is_not_the_services_own(string fault, int status, string contentType, bool executed)
    {
        await using var sandbox = await StartAsync(Fault.Parse(fault));

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal((HttpStatusCode)status, response.Status);
        Assert.Equal(contentType, response.Response.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("RequestId", response.Body, StringComparison.Ordinal);
        Assert.False(response.Response.Headers.Contains("x-acs-request-id"));
        AssertInjected(sandbox, Fault.Parse(fault), executed);
        Assert.Empty(sandbox.Log.Responses);
    }

    [Fact]
    public async Task What_a_kind_leaves_open_is_chosen_at_random()
    {
        var seen = new HashSet<(FaultKind, HttpStatusCode, string?)>();
        await using var sandbox = await StartAsync(FaultPlan.None);
        foreach (var kind in new[] { FaultKind.GarbleResponse, FaultKind.HtmlResponse, FaultKind.BadGateway, FaultKind.Throttling })
        {
            sandbox.Service.Faults = FaultPlan.Create(kind, 1);
            for (var i = 0; i < 40; i++)
            {
                var response = await sandbox.SendAsync(Rebind with { Nonce = $"{kind}{i}" });
                seen.Add((kind, response.Status, response.Response.Content.Headers.ContentType?.MediaType));
            }
        }

        Assert.Equal(
            [
                (FaultKind.GarbleResponse, HttpStatusCode.OK, "application/json"),
                (FaultKind.GarbleResponse, HttpStatusCode.BadGateway, "application/json"),
                (FaultKind.HtmlResponse, HttpStatusCode.OK, "text/html"),
                (FaultKind.HtmlResponse, HttpStatusCode.BadGateway, "text/html"),
                (FaultKind.BadGateway, HttpStatusCode.BadGateway, null),
                (FaultKind.BadGateway, HttpStatusCode.BadGateway, "text/html"),
                (FaultKind.Throttling, HttpStatusCode.BadRequest, "application/json"),
                (FaultKind.Throttling, HttpStatusCode.TooManyRequests, "application/json"),
            ],
            seen.OrderBy(s => s.Item1).ThenBy(s => s.Item2).ThenBy(s => s.Item3, StringComparer.Ordinal));
        Assert.Equal(3, sandbox.Log.Injections.Where(i => i.Kind is FaultKind.HtmlResponse).Select(i => i.Moment).Distinct().Count());
    }

    [Theory]
    [InlineData("ServiceUnavailable", 503, false, "OK")]
    [InlineData("ServiceUnavailable@BeforeService", 503, false, "SignatureNonceUsed")]
    [InlineData("ServiceUnavailable@AfterService", 503, true, "SignatureNonceUsed")]
    [InlineData("InternalError", 500, false, "OK")]
    [InlineData("InternalError@BeforeService", 500, false, "SignatureNonceUsed")]
    [InlineData("InternalError@AfterService", 500, true, "SignatureNonceUsed")]
    public async Task A_server_error_has_a_code_but_does_not_say_whether_the_operation_was_executed(string fault, int status, bool executed, string codeOfResend)
    {
        await using var sandbox = await StartAsync(Fault.Parse(fault));

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal(((HttpStatusCode)status, fault.Split('@')[0]), (response.Status, response.Code));
        Assert.Equal(["RequestId", "HostId", "Code", "Message", "Recommend"], response.FieldNames());
        AssertInjected(sandbox, Fault.Parse(fault), executed);
        Assert.Equal(codeOfResend, (await sandbox.SendAsync(Rebind)).Code);
    }

    [Theory]
    [InlineData(FaultKind.Throttling, "Throttling", ThrottlingHint.RetryAfter, "x-acs-retry-after", "1500")]
    [InlineData(FaultKind.ThrottlingUser, "Throttling.User", ThrottlingHint.RateLimitUser, "X-RateLimit-User", "Limit:20,Remain:0,TimeLeft:1500,Reset:1500")]
    [InlineData(FaultKind.ThrottlingApi, "Throttling.Api", ThrottlingHint.RateLimitUserApi, "X-RateLimit-User-API", "Limit:20,Remain:0,TimeLeft:1500,Reset:1500")]
    [InlineData(FaultKind.Throttling, "Throttling", ThrottlingHint.None, null, null)]
    public async Task A_throttled_request_is_refused_with_or_without_a_hint(FaultKind kind, string code, ThrottlingHint hint, string? header, string? value)
    {
        await using var sandbox = await StartAsync(FaultPlan.Script(kind) with { Hint = TimeSpan.FromMilliseconds(1500), Hints = [hint] });

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal((HttpStatusCode.BadRequest, code), (response.Status, response.Code));
        var hints = response.Response.Headers.Where(h => h.Key is "x-acs-retry-after" || h.Key.StartsWith("X-RateLimit", StringComparison.Ordinal)).ToArray();
        Assert.Equal(header is null ? [] : [(header, value!)], hints.Select(h => (h.Key, h.Value.Single())));
        AssertInjected(sandbox, kind, executed: false);
        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
    }

    [Fact]
    public async Task A_forgotten_nonce_lets_a_resend_pass()
    {
        await using var sandbox = await StartAsync(FaultKind.CloseAfter, FaultKind.ForgetNonce);

        await RawConnection.ExchangeAsync(sandbox, Rebind);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", (await sandbox.SendAsync(Rebind)).Code);
        Assert.Equal("SignatureNonceUsed", (await sandbox.SendAsync(Rebind)).Code);
        Assert.Equal(new FaultCount(1, 0), sandbox.Log.Faults[FaultKind.ForgetNonce]);
    }

    [Fact]
    public async Task The_nonce_memory_can_be_off()
    {
        await using var sandbox = await StartAsync(FaultPlan.None with { NonceMemory = false });
        var back = TestRequest.Rebind(Iccid, NewImei, Imei) with { Time = Sandbox.Noon };

        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(back)).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);

        Assert.Equal(2, sandbox.Log.ExecutedFor(Iccid, CardOperation.Rebind, Imei, NewImei));
        Assert.Equal(1, sandbox.Log.ExecutedFor(Iccid, CardOperation.Rebind, NewImei, Imei));
        Assert.Equal(0, sandbox.Log.ExecutedFor(Iccid, CardOperation.Unbind, NewImei, null));
        Assert.Equal(
            [((Iccid, CardOperation.Rebind, Imei, NewImei), 2), ((Iccid, CardOperation.Rebind, NewImei, Imei), 1)],
            sandbox.Log.ExecutedByOperation().OrderByDescending(count => count.Value).Select(count => (count.Key, count.Value)));
        Assert.Equal(3, sandbox.Log.ExecutedByCard()[Iccid]);
        Assert.Empty(sandbox.Log.Injections);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(-7)]
    public async Task A_skewed_clock_affects_timestamps_and_the_Date_header(int hours)
    {
        var skew = TimeSpan.FromHours(hours);
        await using var sandbox = await StartAsync(FaultPlan.None with { ClockSkew = skew });

        var refused = await sandbox.SendAsync(Rebind);
        var corrected = await sandbox.SendAsync(Rebind with { Time = refused.Response.Headers.Date!.Value });
        var again = await sandbox.SendAsync(Rebind with { Time = refused.Response.Headers.Date!.Value });

        Assert.Equal("InvalidTimeStamp.Expired", refused.Code);
        Assert.Equal(Sandbox.Noon + skew, refused.Response.Headers.Date);
        Assert.Equal(("OK", "SignatureNonceUsed"), (corrected.Code, again.Code));
        Assert.Equal(Sandbox.Noon, sandbox.Log.Operations.Single().Time);
    }

    [Fact]
    public async Task One_gateways_clock_may_be_off_without_harm_to_the_nonces()
    {
        await using var sandbox = await StartAsync(FaultKind.None, FaultKind.SkewedClock, FaultKind.SkewedClock);

        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
        var stray = await sandbox.SendAsync(Rebind with { Nonce = "stray" });
        Assert.Equal(("InvalidTimeStamp.Expired", Sandbox.Noon.AddHours(1)), (stray.Code, stray.Response.Headers.Date));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", (await sandbox.SendAsync(Rebind with { Nonce = "another", Time = Sandbox.Noon.AddHours(1) })).Code);
        Assert.Equal("SignatureNonceUsed", (await sandbox.SendAsync(Rebind)).Code);
        Assert.Equal(2, sandbox.Log.FaultsTotal);
    }

    [Fact]
    public async Task A_token_expires_for_a_number_of_requests()
    {
        var key = new SandboxAccessKey("temporary", "secret") { SecurityToken = "token" };
        var plan = FaultPlan.None with { ExpiredTokens = new Dictionary<string, int>(StringComparer.Ordinal) { [key.Id] = 2 } };
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions
        {
            Faults = plan, AccessKeys = [key, SandboxOptions.DefaultAccessKey], Clock = Sandbox.FakeClock(),
        });
        var temporary = Rebind with { KeyId = key.Id, Secret = key.Secret, Token = key.SecurityToken };

        Assert.Equal("InvalidSecurityToken.Expired", (await sandbox.SendAsync(temporary)).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
        Assert.Equal("InvalidSecurityToken.Expired", (await sandbox.SendAsync(temporary with { Method = Method.HmacSha1 })).Code);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", (await sandbox.SendAsync(temporary)).Code);
        Assert.Equal(new FaultCount(2, 0), sandbox.Log.Faults[FaultKind.ExpiredToken]);
    }

    [Fact]
    public async Task A_request_without_a_token_is_not_affected_by_its_expiration()
    {
        await using var sandbox = await StartAsync(FaultPlan.Create(FaultKind.ExpiredToken, 1));

        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
        Assert.Equal(0, sandbox.Log.FaultsTotal);
    }

    [Fact]
    public async Task An_OK_may_say_nothing_or_that_nothing_was_done()
    {
        await using var sandbox = await StartAsync(
            FaultKind.OkButNotDone, FaultKind.OkWithoutResult, new Fault(FaultKind.OkWithoutResult, FaultMoment.AfterService));

        var notDone = await sandbox.SendAsync(Rebind);
        var nothing = await sandbox.SendAsync(Rebind with { Nonce = "n2" });
        Assert.Equal(0, sandbox.Log.Executed);
        var done = await sandbox.SendAsync(Rebind with { Nonce = "n3" });

        Assert.Equal((HttpStatusCode.OK, "OK", false), (notDone.Status, notDone.Code, notDone.IsModSuccess));
        Assert.Equal(["RequestId", "Code", "Message"], nothing.FieldNames());
        Assert.Equal(["RequestId", "Code", "Message"], done.FieldNames());
        Assert.Equal(("OK", "OK"), (nothing.Code, done.Code));
        Assert.Equal(1, sandbox.Log.Executed);
        Assert.Equal([false, false, true], sandbox.Log.Injections.Select(injection => injection.Executed));
        Assert.Equal("SignatureNonceUsed", (await sandbox.SendAsync(Rebind)).Code);
    }

    [Fact]
    public async Task A_refusal_or_failure_does_not_become_an_OK()
    {
        await using var sandbox = await StartAsync(
            FaultKind.OkButNotDone, FaultKind.OkWithoutResult, new Fault(FaultKind.OkWithoutResult, FaultMoment.AfterService), FaultKind.OkButNotDone);

        Assert.Equal("SignatureDoesNotMatch", (await sandbox.SendAsync(Rebind with { Secret = "wrong" })).Code);
        Assert.Equal("SignatureDoesNotMatch", (await sandbox.SendAsync(Rebind with { Secret = "wrong" })).Code);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", (await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei) with { Time = Sandbox.Noon })).Code);
        Assert.Equal("OK", (await sandbox.SendAsync((new TestRequest { Action = "QueryCardStatus", Time = Sandbox.Noon }).With("Iccid", Iccid))).Code);
        Assert.Equal(0, sandbox.Log.FaultsTotal);
    }

    [Theory]
    [InlineData(true, "SignatureNonceUsed")]
    [InlineData(false, "isv.ERROR_BIND_NOT_EXIST")]
    public async Task A_request_delivered_twice_gets_the_second_response(bool nonceMemory, string code)
    {
        await using var sandbox = await StartAsync(FaultPlan.Script(FaultKind.DuplicateDelivery) with { NonceMemory = nonceMemory });

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal(code, response.Code);
        Assert.Equal((2, 1, 0), (sandbox.Log.Requests, sandbox.Log.Executed, sandbox.Log.InFlight));
        AssertInjected(sandbox, FaultKind.DuplicateDelivery, executed: true);
    }

    [Fact]
    public async Task The_output_names_the_fault()
    {
        var output = new StringWriter();
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions
        {
            Faults = FaultPlan.Script(FaultKind.CloseAfter, FaultKind.BadGateway, FaultKind.Throttling, FaultKind.None),
            Clock = Sandbox.FakeClock(),
            Output = output,
        });

        await RawConnection.ExchangeAsync(sandbox, Rebind);
        for (var i = 0; i < 3; i++)
            await sandbox.SendAsync(Rebind);

        Assert.Equal(
            $"""
            2026-03-14T12:00:00.000Z chgBind {Iccid} - 0 0.0ms CloseAfter
            2026-03-14T12:00:00.000Z chgBind {Iccid} - 502 0.0ms BadGateway
            2026-03-14T12:00:00.000Z chgBind {Iccid} Throttling 400 0.0ms Throttling
            2026-03-14T12:00:00.000Z chgBind {Iccid} SignatureNonceUsed 400 0.0ms

            """,
            output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    private static void AssertInjected(Sandbox sandbox, Fault fault, bool executed)
    {
        var injection = Assert.Single(sandbox.Log.Injections);
        Assert.Equal((fault.Kind, Iccid, "n", Sandbox.Noon), (injection.Kind, injection.Iccid, injection.Nonce, injection.Time));
        Assert.Equal((fault.Moment ?? injection.Moment, executed), (injection.Moment, injection.Executed));
        Assert.Equal((KeyValuePair.Create(fault.Kind, new FaultCount(1, executed ? 1 : 0)), 1), (Assert.Single(sandbox.Log.Faults), sandbox.Log.FaultsTotal));
        Assert.Equal(executed ? 1 : 0, sandbox.Log.ExecutedFor(Iccid, CardOperation.Rebind, Imei, NewImei));
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [GeneratedRegex("\r\nContent-Length: (?<length>[0-9]+)\r\n", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ContentLength();
}
