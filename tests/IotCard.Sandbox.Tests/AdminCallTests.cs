using System.Net;
using System.Text;
using System.Text.Json;

namespace IotCard.Sandbox.Tests;

/// <summary>The calls with which another process controls and queries the sandbox.</summary>
public sealed class AdminCallTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    private static async Task<TestResponse> CallAsync(Sandbox sandbox, string method, string path, string? body = null, (string Name, string Value)? header = null)
    {
        using var message = new HttpRequestMessage(new HttpMethod(method), new Uri(sandbox.Service.Endpoint, path));
        if (body is not null)
            message.Content = new StringContent(body, Encoding.UTF8, "application/json");
        message.Headers.TryAddWithoutValidation("x-sandbox-token", sandbox.Service.AdminToken);
        if (header is var (name, value))
            message.Headers.TryAddWithoutValidation(name, value);
        return await sandbox.SendAsync(message);
    }

    [Fact]
    public async Task Faults_are_set_queried_and_removed()
    {
        await using var sandbox = await Sandbox.StartAsync();
        const string plan =
            """
            {
              "Seed": 7,
              "Rates": { "CloseAfter": 0.05, "GatewayTimeout": 0.1 },
              "Iccids": ["89860018521874998319"],
              "Upcoming": ["Throttling", "InternalError@AfterService"],
              "UpcomingByCard": { "89860219070907095849": ["None"] },
              "Delay": "00:00:20", "Hint": "00:00:00.5000000", "Hints": ["RateLimitUser", "None"],
              "NonceMemory": false, "ClockSkew": "-02:00:00", "StrayClockSkew": "1.00:00:00",
              "ExpiredTokens": { "sts-id": 3 }
            }
            """;

        var put = await CallAsync(sandbox, "PUT", "/sandbox/faults", plan);
        var get = await CallAsync(sandbox, "GET", "/sandbox/faults");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (put.Status, get.Status));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(plan).RootElement, get.Json), get.Body);
        Assert.Equal(put.Body, get.Body);
        Assert.Equal("\"Throttling\"", Assert.Single(get.Json.GetProperty("Upcoming").EnumerateArray().Take(1)).GetRawText());
        Assert.Equal((7, 0.05, TimeSpan.FromSeconds(20)), (sandbox.Service.Faults.Seed, sandbox.Service.Faults.Rates[FaultKind.CloseAfter], sandbox.Service.Faults.Delay));

        Assert.True((await CallAsync(sandbox, "DELETE", "/sandbox/faults")).Json.GetProperty("NonceMemory").GetBoolean());
        Assert.True(sandbox.Service.Faults.IsEmpty);
        Assert.Equal(0, sandbox.Log.Requests);
    }

    [Fact]
    public async Task Faults_set_by_a_call_take_effect()
    {
        await using var sandbox = await Sandbox.StartAsync();

        await CallAsync(sandbox, "PUT", "/sandbox/faults", """{"Upcoming":["OkButNotDone"]}""");

        Assert.False((await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei))).IsModSuccess);
        Assert.True((await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei))).IsModSuccess);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"Rates":null}""")]
    [InlineData("""{"Rates":{"CloseAfter":2}}""")]
    [InlineData("""{"Rates":{"Nonsense":0.1}}""")]
    [InlineData("""{"Rates":{"CloseAfter":"often"}}""")]
    [InlineData("""{"Upcoming":["Nonsense"]}""")]
    [InlineData("""{"Upcoming":[7]}""")]
    [InlineData("""{"Upcoming":["CloseAfter@OnArrival"]}""")]
    [InlineData("""{"Hints":[2]}""")]
    [InlineData("""{"Rate":{"CloseAfter":0.1}}""")]
    public async Task A_bad_plan_is_refused_and_changes_nothing(string body)
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Create(FaultKind.CloseAfter, 0.5) });

        var response = await CallAsync(sandbox, "PUT", "/sandbox/faults", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.NotEqual("", response.Json.GetProperty("Error").GetString());
        Assert.Equal(0.5, sandbox.Service.Faults.Rates[FaultKind.CloseAfter]);
    }

    [Fact]
    public async Task The_log_says_what_was_done()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Script(FaultKind.BadGateway, FaultKind.ServiceUnavailable).ForCard(Iccid, new Fault(FaultKind.BadGateway, FaultMoment.AfterService)) });
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei) with { Nonce = "first" });
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei));

        var log = (await CallAsync(sandbox, "GET", "/sandbox/log")).Json;

        Assert.Equal((5, 0, 1), (log.GetProperty("Requests").GetInt32(), log.GetProperty("InFlight").GetInt32(), log.GetProperty("PeakInFlight").GetInt32()));
        Assert.Equal((3, 2), (log.GetProperty("Processed").GetInt32(), log.GetProperty("Executed").GetInt32()));
        Assert.Equal("""{"isv.ERROR_BIND_NOT_EXIST":1,"OK":1,"ServiceUnavailable":1}""", Sorted(log.GetProperty("Responses")));
        Assert.Equal(3, log.GetProperty("FaultsTotal").GetInt32());
        Assert.Equal("""{"BadGateway":{"Injected":2,"Executed":1},"ServiceUnavailable":{"Injected":1,"Executed":0}}""", Sorted(log.GetProperty("Faults")));
        Assert.Equal($$"""{"{{Iccid}}":2}""", Compact(log.GetProperty("Cards")));
        Assert.Equal(
            [
                $$"""{"Iccid":"{{Iccid}}","Operation":"Rebind","Imei":"{{Imei}}","NewImei":"{{NewImei}}","Processed":2,"Executed":1}""",
                $$"""{"Iccid":"{{Iccid}}","Operation":"Unbind","Imei":"{{NewImei}}","NewImei":null,"Processed":1,"Executed":1}""",
            ],
            log.GetProperty("Operations").EnumerateArray().Select(Compact));
        var first = log.GetProperty("Injections")[0];
        Assert.Equal(
            ("BadGateway", "AfterService", true, Iccid, "first"),
            (first.GetProperty("Kind").GetString(), first.GetProperty("Moment").GetString(), first.GetProperty("Executed").GetBoolean(), first.GetProperty("Iccid").GetString(), first.GetProperty("Nonce").GetString()));

        Assert.Equal(0, (await CallAsync(sandbox, "DELETE", "/sandbox/log")).Json.GetProperty("Requests").GetInt32());
        Assert.Equal((0, 0, 0), (sandbox.Log.Requests, sandbox.Log.Executed, sandbox.Log.FaultsTotal));
        Assert.Equal(0, sandbox.Log.InFlight);

        static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
        static string Sorted(JsonElement element) => JsonSerializer.Serialize(
            new SortedDictionary<string, JsonElement>(element.EnumerateObject().ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_outage_is_set_queried_and_ended()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var put = await CallAsync(sandbox, "PUT", "/sandbox/outage", """{"Kind":"Unavailable","Attempts":5}""");
        Assert.Equal("ServiceUnavailable", (await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei))).Code);
        var get = await CallAsync(sandbox, "GET", "/sandbox/outage");
        var log = await CallAsync(sandbox, "GET", "/sandbox/log");
        var delete = await CallAsync(sandbox, "DELETE", "/sandbox/outage");

        Assert.Equal(("Unavailable", 5, true), (put.Json.GetProperty("Outage").GetProperty("Kind").GetString(), put.Json.GetProperty("Outage").GetProperty("Attempts").GetInt32(), put.Json.GetProperty("IsActive").GetBoolean()));
        Assert.Equal((1, 1), (get.Json.GetProperty("OutageRequests").GetInt32(), log.Json.GetProperty("OutageRequests").GetInt32()));
        Assert.Equal((JsonValueKind.Null, false), (delete.Json.GetProperty("Outage").ValueKind, delete.Json.GetProperty("IsActive").GetBoolean()));
        Assert.Equal("OK", (await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei))).Code);
    }

    [Fact]
    public async Task Refusing_set_by_a_call_begins_and_ends_by_itself()
    {
        var clock = new WatchedClock(waitsFor: 1);
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Clock = clock });

        var put = await CallAsync(sandbox, "PUT", "/sandbox/outage", """{"Kind":"Refuse","Duration":"00:00:30"}""");
        Assert.True(put.Json.GetProperty("IsActive").GetBoolean());
        await clock.Waiting;
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(sandbox, "GET", "/sandbox/outage"));
        var end = sandbox.Service.WaitForOutageEndAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(30));
        await end;

        Assert.False((await CallAsync(sandbox, "GET", "/sandbox/outage")).Json.GetProperty("IsActive").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"Kind":"Nonsense"}""")]
    [InlineData("""{"Kind":"Reset","Attempts":0}""")]
    [InlineData("""{"Kind":"Reset","Until":"noon"}""")]
    [InlineData("""{"Kind":"Refuse"}""")]
    public async Task A_bad_outage_is_refused(string body)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await CallAsync(sandbox, "PUT", "/sandbox/outage", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.NotEqual("", response.Json.GetProperty("Error").GetString());
        Assert.False(sandbox.Service.IsOut);
    }

    [Theory]
    [InlineData("Host", "localhost:1", HttpStatusCode.OK)]
    [InlineData("Host", "[::1]", HttpStatusCode.OK)]
    [InlineData("Host", "attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "127.0.0.1.attacker.example:80", HttpStatusCode.Forbidden)]
    [InlineData("Host", "192.168.0.1", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://attacker.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task A_web_page_may_not_call(string name, string value, HttpStatusCode status)
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Create(FaultKind.CloseAfter, 0.5) });

        Assert.Equal(status, (await CallAsync(sandbox, "GET", "/sandbox/log", header: (name, value))).Status);
        Assert.Equal(status, (await CallAsync(sandbox, "DELETE", "/sandbox/faults", header: (name, value))).Status);
        Assert.Equal(status is HttpStatusCode.OK, sandbox.Service.Faults.IsEmpty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    public async Task Who_does_not_know_the_token_may_not_call(string? token)
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Faults = FaultPlan.Create(FaultKind.CloseAfter, 0.5) });
        using var message = new HttpRequestMessage(HttpMethod.Delete, new Uri(sandbox.Service.Endpoint, "/sandbox/faults"));
        if (token is not null)
            message.Headers.TryAddWithoutValidation("x-sandbox-token", token);

        var response = await sandbox.SendAsync(message);

        Assert.Equal(HttpStatusCode.Unauthorized, response.Status);
        Assert.Contains("x-sandbox-token", response.Json.GetProperty("Error").GetString(), StringComparison.Ordinal);
        Assert.False(sandbox.Service.Faults.IsEmpty);
    }

    [Fact]
    public async Task The_audit_trail_is_set_queried_and_reset()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var put = await CallAsync(sandbox, "PUT", "/sandbox/audit", """{"Delay":"00:00:00","Parameters":"Starred","Response":"Absent"}""");
        var bad = await CallAsync(sandbox, "PUT", "/sandbox/audit", """{"Parameters":"Hidden"}""");
        var get = await CallAsync(sandbox, "GET", "/sandbox/audit");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (put.Status, bad.Status));
        Assert.Equal(("Starred", "Absent", "Full"), (get.Json.GetProperty("Parameters").GetString(), get.Json.GetProperty("Response").GetString(), get.Json.GetProperty("UserAgent").GetString()));
        Assert.Equal(TimeSpan.Zero, sandbox.Service.AuditTrail.Delay);
        Assert.Equal("00:10:00", (await CallAsync(sandbox, "DELETE", "/sandbox/audit")).Json.GetProperty("Delay").GetString());
    }

    [Theory]
    [InlineData("POST", "/sandbox/faults", HttpStatusCode.MethodNotAllowed)]
    [InlineData("OPTIONS", "/sandbox/faults", HttpStatusCode.MethodNotAllowed)]
    [InlineData("PUT", "/sandbox/log", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/sandbox/audit", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/sandbox/outage", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/sandbox/else", HttpStatusCode.NotFound)]
    [InlineData("GET", "/sandbox/", HttpStatusCode.NotFound)]
    public async Task There_are_no_other_calls(string method, string path, HttpStatusCode status)
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.Equal(status, (await CallAsync(sandbox, method, path)).Status);
    }
}
