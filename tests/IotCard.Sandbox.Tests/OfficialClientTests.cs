using System.Text.Json;

namespace IotCard.Sandbox.Tests;

/// <summary>Official clients, unmodified, against the sandbox. Skipped if npm or its registry is unavailable.</summary>
[Trait("Category", "Node")]
public sealed class OfficialClientTests(OfficialClients clients) : IClassFixture<OfficialClients>
{
    private const string Iccid = "89860018521874998319";
    private const string OtherIccid = "8986111873404053465d";

    private static readonly SandboxAccessKey Plain = SandboxOptions.DefaultAccessKey;
    private static readonly SandboxAccessKey Temporary = new("sts-id", "sts-secret") { SecurityToken = "a+token/with=signs" };

    private static readonly Dictionary<string, string>[] Operations =
    [
        new(StringComparer.Ordinal) { ["Iccid"] = Iccid, ["OpionType"] = "chgBind", ["Imei"] = "860456038157932", ["NewImei"] = "863588024298614" },
        new(StringComparer.Ordinal) { ["Iccid"] = Iccid, ["OpionType"] = "chgBind", ["Imei"] = "860456038157932", ["NewImei"] = "863588024298614" },
        new(StringComparer.Ordinal) { ["Iccid"] = OtherIccid, ["OpionType"] = "unBind", ["Imei"] = "356893119912416" },
    ];

    [Theory]
    [InlineData("pop-core.cjs", "GET", null, false)]
    [InlineData("pop-core.cjs", "POST", null, false)]
    [InlineData("pop-core.cjs", "POST", null, true)]
    [InlineData("dyiotapi.cjs", null, null, false)]
    [InlineData("dyiotapi.cjs", null, null, true)]
    [InlineData("openapi-client.cjs", "POST", "query", false)]
    [InlineData("openapi-client.cjs", "GET", "query", false)]
    [InlineData("openapi-client.cjs", "POST", "body", false)]
    [InlineData("openapi-client.cjs", "POST", "query", true)]
    public async Task An_official_client_rebinds_and_unbinds(string script, string? method, string? placement, bool temporary)
    {
        var key = temporary ? Temporary : Plain;
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { AccessKeys = [key], PublishedSampleMessage = true });

        var responses = await clients.RunAsync(script, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["IOTCARD_ENDPOINT"] = sandbox.Service.Endpoint.AbsoluteUri,
            ["IOTCARD_ACCESS_KEY_ID"] = key.Id,
            ["IOTCARD_ACCESS_KEY_SECRET"] = key.Secret,
            ["IOTCARD_SECURITY_TOKEN"] = key.SecurityToken,
            ["IOTCARD_METHOD"] = method,
            ["IOTCARD_PLACEMENT"] = placement,
            ["IOTCARD_OPERATIONS"] = JsonSerializer.Serialize(Operations),
        });

        Assert.Equal(
            ["""{"code":"OK","success":true}""", """{"code":"isv.ERROR_BIND_NOT_EXIST","success":false}""", """{"code":"OK","success":true}"""],
            responses);
        Assert.Equal(
            [
                (Iccid, CardOperation.Rebind, "860456038157932", "863588024298614", "OK"),
                (Iccid, CardOperation.Rebind, "860456038157932", "863588024298614", "isv.ERROR_BIND_NOT_EXIST"),
                (OtherIccid, CardOperation.Unbind, "356893119912416", null, "OK"),
            ],
            sandbox.Log.Operations.Select(e => (e.Iccid, e.Operation, e.Imei, e.NewImei, e.Code)));
        Assert.Equal(3, sandbox.Log.Requests);
        Assert.Equal("863588024298614", sandbox.Fleet.Find(Iccid)!.Imei);
        Assert.True(sandbox.Fleet.Find(OtherIccid)!.Closed);
    }

    [Fact]
    public async Task An_official_client_looks_up_cards()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { AccessKeys = [Temporary] });

        var lines = await clients.RunAsync("card-detail.cjs", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["IOTCARD_ENDPOINT"] = sandbox.Service.Endpoint.AbsoluteUri,
            ["IOTCARD_ACCESS_KEY_ID"] = Temporary.Id,
            ["IOTCARD_ACCESS_KEY_SECRET"] = Temporary.Secret,
            ["IOTCARD_SECURITY_TOKEN"] = Temporary.SecurityToken,
            ["IOTCARD_OPERATIONS"] = JsonSerializer.Serialize(new[] { new { Iccid, DestroyCard = "false" }, new { Iccid = "89860918136611157870", DestroyCard = "true" }, new { Iccid = "89860000000000000000", DestroyCard = "false" } }),
        });

        Assert.Equal(
            ["""{"code":"200","status":"30","imei":"860456038157932"}""", """{"code":"200","status":"50"}""", """{"code":"isv.IOT_RES_NOT_EXIST"}"""],
            lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_official_client_looks_up_events(bool temporary)
    {
        var key = temporary ? Temporary : Plain;
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { AccessKeys = [key], AuditTrail = new AuditTrailOptions { Delay = TimeSpan.Zero } });
        for (var i = 0; i < 2; i++)
            await sandbox.SendAsync(TestRequest.Unbind(Iccid, "860456038157932") with { KeyId = key.Id, Secret = key.Secret, Token = key.SecurityToken });

        var lines = await clients.RunAsync("lookup-events.cjs", new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["IOTCARD_ENDPOINT"] = sandbox.Service.Endpoint.AbsoluteUri,
            ["IOTCARD_ACCESS_KEY_ID"] = key.Id,
            ["IOTCARD_ACCESS_KEY_SECRET"] = key.Secret,
            ["IOTCARD_SECURITY_TOKEN"] = key.SecurityToken,
            ["IOTCARD_OPERATIONS"] = JsonSerializer.Serialize(new[]
            {
                new Dictionary<string, string>(StringComparer.Ordinal) { ["LookupAttribute.1.Key"] = "EventName", ["LookupAttribute.1.Value"] = "DoIotChgBindOrUnBind", ["Direction"] = "FORWARD", ["MaxResults"] = "50" },
                new Dictionary<string, string>(StringComparer.Ordinal) { ["LookupAttribute.1.Key"] = "UserName", ["LookupAttribute.1.Value"] = "x" },
            }),
        });

        Assert.Equal(
            [
                $$"""[{"iccid":"{{Iccid}}","code":"OK","success":true},{"iccid":"{{Iccid}}","code":"isv.ERROR_BIND_NOT_EXIST","error":"isv.ERROR_BIND_NOT_EXIST","success":false}]""",
                """{"code":"InvalidLookupAttributesException"}""",
            ],
            lines);
    }

    [Theory]
    [InlineData("pop-core.cjs", "SignatureMethod=HMAC-SHA1")]
    [InlineData("dyiotapi.cjs", "SignatureMethod=HMAC-SHA1")]
    [InlineData("openapi-client.cjs", "ACS3-HMAC-SHA256 Credential=")]
    public async Task An_official_client_signs_by_its_own_method(string script, string expected)
    {
        // A listener that sees the request as it is on the wire.
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var run = clients.RunAsync(script, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["IOTCARD_ENDPOINT"] = $"http://{listener.LocalEndpoint}/",
            ["IOTCARD_ACCESS_KEY_ID"] = "id",
            ["IOTCARD_ACCESS_KEY_SECRET"] = "secret",
            ["IOTCARD_METHOD"] = "GET",
            ["IOTCARD_PLACEMENT"] = "query",
            ["IOTCARD_OPERATIONS"] = JsonSerializer.Serialize(Operations.Take(1)),
        });
        var accept = listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        if (await Task.WhenAny(accept, run) == run)
            await run;

        using var socket = await accept;
        var buffer = new byte[16 * 1024];
        var length = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 54\r\nConnection: close\r\n\r\n{\"Code\":\"OK\",\"IotModBind\":{\"IsModSuccess\":true},\"a\":1}"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Contains(expected, System.Text.Encoding.ASCII.GetString(buffer, 0, length), StringComparison.Ordinal);
        await run;
    }
}
