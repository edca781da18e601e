using System.Net;
using System.Text.Json;

namespace IotCard.Sandbox.Tests.Faults;

/// <summary>Faults of a middlebox: its own responses after forwarding, responses out of step, unbounded figures.</summary>
public sealed class MiddleboxTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    private static readonly TestRequest Rebind = TestRequest.Rebind(Iccid, Imei, NewImei) with { Time = Sandbox.Noon, Nonce = "n" };

    private static Task<Sandbox> StartAsync(params Fault[] script) =>
        Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Script(script), Clock = Sandbox.FakeClock() });

    [Theory]
    [InlineData(FaultKind.NumericCode, 200, """{"code":504}""")]
    [InlineData(FaultKind.RequestTimeout, 408, """{"code":"RequestTimeout"}""")]
    [InlineData(FaultKind.TooManyRequests, 429, """{"code":429}""")]
    [InlineData(FaultKind.ClientClosedRequest, 499, "<html>")]
    [InlineData(FaultKind.ThrottlingWithoutRequestId, 400, """{"Code":"Throttling",""")]
    [InlineData(FaultKind.FirewallForbidden, 403, """{"error":"forbidden",""")]
    [InlineData(FaultKind.ProxyAuthenticationRequired, 407, """{"error":{"code":407,""")]
    public async Task It_sends_its_own_response(FaultKind kind, int status, string body)
    {
        foreach (var moment in FaultKinds.MomentsOf(kind))
        {
            await using var sandbox = await StartAsync(new Fault(kind, moment));

            var response = await sandbox.SendAsync(Rebind);

            Assert.Equal((HttpStatusCode)status, response.Status);
            Assert.StartsWith(body, response.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("RequestId", response.Body, StringComparison.Ordinal);
            Assert.False(response.Response.Headers.Contains("x-acs-request-id"));
            Assert.Empty(sandbox.Log.Responses);

            var executed = moment is FaultMoment.AfterService;
            Assert.Equal((kind, moment, executed), AsTuple(Assert.Single(sandbox.Log.Injections)));
            Assert.Equal(executed ? 1 : 0, sandbox.Log.ExecutedFor(Iccid));
            Assert.Equal(moment is FaultMoment.OnArrival ? "OK" : "SignatureNonceUsed", (await sandbox.SendAsync(Rebind)).Code);
        }
    }

    [Fact]
    public void It_responds_after_forwarding_by_default() =>
        Assert.All(
            FaultKinds.In(FaultGroups.Middlebox).Except([FaultKind.UnboundedHint, FaultKind.FarFutureDate]),
            kind => Assert.Equal(FaultMoment.AfterService, FaultKinds.MomentsOf(kind)[0]));

    [Fact]
    public async Task An_OK_may_come_in_lower_case()
    {
        await using var sandbox = await StartAsync(FaultKind.LowerCaseOk, FaultKind.LowerCaseOk);

        var executed = await sandbox.SendAsync(Rebind);
        var failed = await sandbox.SendAsync(Rebind with { Nonce = "another" });

        Assert.Equal((HttpStatusCode.OK, "ok", true), (executed.Status, executed.Code, executed.IsModSuccess));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", failed.Code);
        Assert.Equal((FaultKind.LowerCaseOk, FaultMoment.AfterService, true), AsTuple(Assert.Single(sandbox.Log.Injections)));
    }

    [Fact]
    public async Task A_code_may_be_a_control_character()
    {
        await using var sandbox = await StartAsync(FaultKind.ControlCharacterCode);

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal((HttpStatusCode.BadRequest, "\a"), (response.Status, response.Code));
        Assert.Equal(["RequestId", "HostId", "Code", "Message", "Recommend"], response.FieldNames());
        Assert.Equal(1, sandbox.Log.ExecutedFor(Iccid));
    }

    [Fact]
    public async Task A_wait_hint_may_have_no_bound()
    {
        await using var sandbox = await StartAsync(FaultKind.UnboundedHint);

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal(("Throttling", "2147483647"), (response.Code, response.Response.Headers.GetValues("x-acs-retry-after").Single()));
        Assert.Equal(0, sandbox.Log.Processed);
        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
    }

    [Fact]
    public async Task A_date_may_be_of_the_year_9999()
    {
        await using var sandbox = await StartAsync(FaultKind.FarFutureDate);

        var response = await sandbox.SendAsync(Rebind);

        Assert.Equal(("InvalidTimeStamp.Expired", 9999), (response.Code, response.Response.Headers.Date!.Value.Year));
        Assert.Equal(0, sandbox.Log.Processed);
        Assert.Equal("OK", (await sandbox.SendAsync(Rebind)).Code);
    }

    [Fact]
    public async Task After_a_shift_each_request_of_the_connection_gets_the_response_to_the_previous_one()
    {
        await using var sandbox = await StartAsync(FaultKind.None, FaultKind.ShiftedResponse);
        using var connection = await RawConnection.OpenAsync(sandbox);

        var responses = new List<(string Id, string Code)>();
        foreach (var request in new[] { Rebind, TestRequest.Unbind(Iccid, Imei), TestRequest.Unbind(Iccid, NewImei), TestRequest.Unbind(Iccid, NewImei) })
        {
            await connection.SendAsync(sandbox, request with { Nonce = $"{responses.Count}", Time = Sandbox.Noon });
            responses.Add(Read(await connection.ReadResponseAsync()));
        }

        // Executed: OK, BIND_NOT_EXIST, OK, BIND_NOT_EXIST. Responded: one behind, from the second on.
        var done = sandbox.Log.Operations;
        Assert.Equal(["OK", "isv.ERROR_BIND_NOT_EXIST", "OK", "isv.ERROR_BIND_NOT_EXIST"], done.Select(operation => operation.Code));
        Assert.Equal(
            new[] { 0, 0, 1, 2 }.Select(i => (done[i].RequestId, done[i].Code)),
            responses);
        Assert.Equal(
            [("1", false), ("2", true), ("3", false)],
            sandbox.Log.Injections.Select(injection => (injection.Nonce, injection.Executed)));
        Assert.All(sandbox.Log.Injections, injection => Assert.Equal(FaultKind.ShiftedResponse, injection.Kind));

        // Another connection is in step.
        using var other = await RawConnection.OpenAsync(sandbox);
        await other.SendAsync(sandbox, TestRequest.Unbind(Iccid, Imei) with { Nonce = "other", Time = Sandbox.Noon });
        var response = Read(await other.ReadResponseAsync());
        Assert.Equal((sandbox.Log.Operations[4].RequestId, "isv.ERROR_BIND_NOT_EXIST"), response);
    }

    [Fact]
    public async Task The_first_request_on_a_connection_is_never_shifted()
    {
        await using var sandbox = await StartAsync(FaultKind.ShiftedResponse, FaultKind.ShiftedResponse);

        foreach (var nonce in new[] { "1", "2" })
        {
            using var connection = await RawConnection.OpenAsync(sandbox);
            await connection.SendAsync(sandbox, TestRequest.Unbind(Iccid, Imei) with { Nonce = nonce, Time = Sandbox.Noon });
            Assert.Equal(nonce == "1" ? "OK" : "isv.ERROR_BIND_NOT_EXIST", Read(await connection.ReadResponseAsync()).Code);
        }

        Assert.Equal(0, sandbox.Log.FaultsTotal);
    }

    private static (string Id, string Code) Read(string response)
    {
        var json = JsonDocument.Parse(response[response.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        return (json.GetProperty("RequestId").GetString()!, json.GetProperty("Code").GetString()!);
    }

    private static (FaultKind Kind, FaultMoment Moment, bool Executed) AsTuple(FaultInjection injection) => (injection.Kind, injection.Moment, injection.Executed);
}
