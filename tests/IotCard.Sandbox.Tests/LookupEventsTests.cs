using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Sandbox.Tests;

/// <summary><c>LookupEvents</c> of the audit trail.</summary>
public sealed class LookupEventsTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    private readonly FakeTimeProvider _clock = Sandbox.FakeClock();

    [Theory]
    [InlineData(Method.Acs3, "POST")]
    [InlineData(Method.Acs3, "GET")]
    [InlineData(Method.HmacSha1, "POST")]
    [InlineData(Method.HmacSha1, "GET")]
    public async Task An_event_has_the_documented_shape(Method method, string verb)
    {
        await using var sandbox = await StartAsync();
        await OperateAsync(sandbox, TestRequest.Rebind(Iccid, Imei, NewImei), "IotCard/0.1.0 (nonce n1)");
        _clock.Advance(TimeSpan.FromMinutes(10));

        var response = await sandbox.SendAsync(Lookup() with { Method = method, Verb = new HttpMethod(verb) });

        Assert.Equal(["RequestId", "StartTime", "EndTime", "Events"], response.FieldNames());
        Assert.Equal(("2026-03-07T12:10:00Z", "2026-03-14T12:10:00Z"), (response.Json.GetProperty("StartTime").GetString(), response.Json.GetProperty("EndTime").GetString()));
        var only = Assert.Single(Events(response));
        Assert.Equal(
            ("DoIotChgBindOrUnBind", "2026-03-14T12:00:00Z", "1", "IotCard/0.1.0 (nonce n1)", "sandbox-id"),
            (Text(only, "eventName"), Text(only, "eventTime"), Text(only, "eventVersion"), Text(only, "userAgent"), Text(only.GetProperty("userIdentity"), "accessKeyId")));
        var parameters = only.GetProperty("requestParameters");
        Assert.Equal((Iccid, Imei, NewImei, "chgBind"), (Text(parameters, "Iccid"), Text(parameters, "Imei"), Text(parameters, "NewImei"), Text(parameters, "OpionType")));
        Assert.False(parameters.TryGetProperty("SignatureNonce", out _));
        var answer = only.GetProperty("responseElements");
        Assert.Equal(("OK", true), (Text(answer, "Code"), answer.GetProperty("IotModBind").GetProperty("IsModSuccess").GetBoolean()));
        Assert.Equal(Text(only, "requestId"), Text(answer, "RequestId"));
        Assert.False(only.TryGetProperty("errorCode", out _));
    }

    [Fact]
    public async Task An_event_is_there_after_ten_minutes_and_not_before()
    {
        await using var sandbox = await StartAsync();
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei));

        _clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Empty(await EventsAsync(sandbox));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await EventsAsync(sandbox));
    }

    [Fact]
    public async Task A_failure_and_a_refusal_have_their_code()
    {
        await using var sandbox = await StartAsync(keys: [SandboxOptions.DefaultAccessKey, new("weak-id", "secret") { Permitted = false }]);
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, NewImei));
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei) with { KeyId = "weak-id", Secret = "secret" });
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei) with { KeyId = "nobody" });
        _clock.Advance(TimeSpan.FromMinutes(10));

        var codes = (await EventsAsync(sandbox)).Select(e => Text(e, "errorCode"));
        sandbox.Service.AuditTrail = new AuditTrailOptions { RecordsRefusals = false, RecordsFailureCodes = false };
        _clock.Advance(TimeSpan.FromSeconds(1));
        var others = await EventsAsync(sandbox);

        Assert.Equal(["NoPermission", "isv.ERROR_BIND_NOT_EXIST"], codes);
        Assert.False(Assert.Single(others).TryGetProperty("errorCode", out _));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", Text(others[0].GetProperty("responseElements"), "Code"));
    }

    [Fact]
    public async Task Every_way_of_recording_can_be_chosen()
    {
        await using var sandbox = await StartAsync();
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei) with { Nonce = "n1" }, "IotCard/0.1.0 (nonce 0123456789abcdef0123456789abcdef)");
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("8986**************19", Text((await With(new() { Parameters = RecordedParameters.Starred }))[0].GetProperty("requestParameters"), "Iccid"));
        Assert.False((await With(new() { Parameters = RecordedParameters.Absent }))[0].GetProperty("requestParameters").TryGetProperty("Iccid", out _));
        Assert.Equal(Iccid, (await With(new() { Parameters = RecordedParameters.Numbers }))[0].GetProperty("requestParameters").GetProperty("Iccid").GetRawText());
        Assert.Equal(["RequestId"], (await With(new() { Response = RecordedResponse.RequestIdOnly }))[0].GetProperty("responseElements").EnumerateObject().Select(f => f.Name));
        Assert.False((await With(new() { Response = RecordedResponse.Absent }))[0].TryGetProperty("responseElements", out _));
        Assert.Equal("IotCard/0.1.0 (nonce 0123456789a", Text((await With(new() { UserAgent = RecordedUserAgent.Truncated }))[0], "userAgent"));
        Assert.False((await With(new() { UserAgent = RecordedUserAgent.Absent }))[0].TryGetProperty("userAgent", out _));
        Assert.Equal("n1", Text((await With(new() { RecordsNonce = true }))[0].GetProperty("requestParameters"), "SignatureNonce"));
        Assert.Equal("1", (await With(new() { NumericVersion = true }))[0].GetProperty("eventVersion").GetRawText());
        Assert.Equal("DoIotChgBindOrUnBind", Text((await With(new() { PascalCaseNames = true }))[0], "EventName"));
        Assert.Equal(2, (await With(new() { DuplicatesEvents = true })).Length);
        Assert.Empty(await With(new() { IsEmpty = true }));
        Assert.Empty(await With(new() { Delay = TimeSpan.FromDays(1) }));

        async Task<JsonElement[]> With(AuditTrailOptions options)
        {
            sandbox.Service.AuditTrail = options;
            _clock.Advance(TimeSpan.FromSeconds(1));
            return await EventsAsync(sandbox);
        }
    }

    [Theory]
    [InlineData("EventName", "DoIotChgBindOrUnBind", 1)]
    [InlineData("EventName", "doIotChgBindOrUnBind", 0)]
    [InlineData("EventAccessKeyId", "sandbox-id", 1)]
    [InlineData("EventAccessKeyId", "another-id", 0)]
    [InlineData("EventRW", "Write", 1)]
    [InlineData("eventName", "DoIotChgBindOrUnBind", -1)]
    [InlineData("UserName", "sandbox-user", -1)]
    public async Task A_condition_matches_exactly_and_an_unknown_key_is_refused_or_finds_nothing(string key, string value, int expected)
    {
        await using var sandbox = await StartAsync(new AuditTrailOptions { Delay = TimeSpan.Zero });
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei));
        var lookup = Lookup().With("LookupAttribute.1.Key", key).With("LookupAttribute.1.Value", value);

        var response = await sandbox.SendAsync(lookup);
        sandbox.Service.AuditTrail = new AuditTrailOptions { Delay = TimeSpan.Zero, IgnoresUnknownKeys = true };
        var lenient = await sandbox.SendAsync(lookup with { Nonce = "another" });

        if (expected < 0)
        {
            Assert.Equal((HttpStatusCode.BadRequest, "InvalidLookupAttributesException"), (response.Status, response.Code));
        }
        else
        {
            Assert.Equal(expected, Events(response).Length);
        }

        Assert.Equal(Math.Max(expected, 0), Events(lenient).Length);
    }

    [Theory]
    [InlineData("ServiceName", "Dyiotapi", "EventName", "DoIotChgBindOrUnBind", 1)]
    [InlineData("EventName", "DoIotChgBindOrUnBind", "ServiceName", "Dyiotapi", 1)]
    [InlineData("EventType", "ApiCall", "EventName", "Other", 0)]
    [InlineData("EventName", "DoIotChgBindOrUnBind", "EventAccessKeyId", "sandbox-id", -1)]
    [InlineData("EventName", "Other", "EventName", "DoIotChgBindOrUnBind", 1)]
    public async Task Only_documented_pairs_are_allowed_and_of_the_same_key_the_second_counts(string key, string value, string key2, string value2, int expected)
    {
        await using var sandbox = await StartAsync(new AuditTrailOptions { Delay = TimeSpan.Zero });
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei));

        var response = await sandbox.SendAsync(Lookup()
            .With("LookupAttribute.1.Key", key).With("LookupAttribute.1.Value", value)
            .With("LookupAttribute.2.Key", key2).With("LookupAttribute.2.Value", value2)
            .With("LookupAttribute.3.Key", "ServiceName").With("LookupAttribute.3.Value", "Ecs"));

        if (expected < 0)
        {
            Assert.Equal("InvalidLookupAttributesException", response.Code);
        }
        else
        {
            Assert.Equal(expected, Events(response).Length);
        }
    }

    [Theory]
    [InlineData("2026-03-14T12:00:00", "2026-03-14T13:00:00Z", "InvalidParameterStartTime")]
    [InlineData("2026-03-13T12:00:00Z", "yesterday", "InvalidParameterEndTime")]
    [InlineData("2026-03-13T12:00:00Z", "", "InvalidParameterCombination")]
    [InlineData("", "2026-03-13T12:00:00Z", "InvalidParameterCombination")]
    [InlineData("2026-03-13T12:00:00Z", "2026-03-13T12:00:00Z", "InvalidParameterCombination")]
    [InlineData("2026-02-01T12:00:00Z", "2026-03-13T12:00:00Z", "InvalidParameterDateOutOfRange")]
    [InlineData("2025-12-01T12:00:00Z", "2025-12-20T12:00:00Z", "InvalidParameterStartTimeOutOfDate")]
    [InlineData("2026-03-14T20:00:00Z", "2026-03-14T21:00:00Z", "InvalidParameterStartTimeExceedsCurrent")]
    public async Task Times_are_checked_as_documented(string start, string end, string code)
    {
        await using var sandbox = await StartAsync();

        var response = await sandbox.SendAsync(Lookup().With("StartTime", start).With("EndTime", end));

        Assert.Equal((HttpStatusCode.BadRequest, code), (response.Status, response.Code));
    }

    [Theory]
    [InlineData("MaxResults", "51", "InvalidQueryParameter")]
    [InlineData("MaxResults", "0", "InvalidQueryParameter")]
    [InlineData("Direction", "Forward", "InvalidQueryParameter")]
    [InlineData("NextToken", "bm9uZQ==", "InvalidNextToken")]
    [InlineData("NextToken", "%", "InvalidNextToken")]
    public async Task Other_parameters_are_checked_too(string name, string value, string code)
    {
        await using var sandbox = await StartAsync();

        Assert.Equal(code, (await sandbox.SendAsync(Lookup().With(name, value))).Code);
    }

    [Theory]
    [InlineData("FORWARD")]
    [InlineData("BACKWARD")]
    public async Task Pages_follow_each_other_and_a_token_is_good_for_the_same_lookup_only(string direction)
    {
        await using var sandbox = await StartAsync(new AuditTrailOptions { Delay = TimeSpan.Zero });
        for (var i = 0; i < 5; i++)
        {
            await OperateAsync(sandbox, TestRequest.Unbind(SyntheticNumbers.Iccid(i), Imei));
        }

        var lookup = Lookup().With("Direction", direction).With("MaxResults", "2")
            .With("StartTime", "2026-03-14T11:00:00Z").With("EndTime", "2026-03-14T12:30:00Z");
        List<string> found = [];
        string? token = null;
        var pages = 0;
        do
        {
            var page = await sandbox.SendAsync((token is null ? lookup : lookup.With("NextToken", token)) with { Nonce = Guid.NewGuid().ToString() });
            found.AddRange(Events(page).Select(e => Text(e.GetProperty("requestParameters"), "Iccid")!));
            var last = token;
            token = page.Json.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
            if (pages++ == 1)
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                Assert.Equal("InvalidNextToken", (await sandbox.SendAsync(lookup.With("MaxResults", "3").With("NextToken", last!))).Code);
            }
        }
        while (token is not null);

        var all = Enumerable.Range(0, 5).Select(SyntheticNumbers.Iccid);
        Assert.Equal(direction is "FORWARD" ? all : all.Reverse(), found);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_third_lookup_within_a_second_is_throttled()
    {
        await using var sandbox = await StartAsync();

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], [await Status(), await Status(), await Status()]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await Status());

        async Task<HttpStatusCode> Status() => (await sandbox.SendAsync(Lookup() with { Nonce = Guid.NewGuid().ToString() })).Status;
    }

    [Fact]
    public async Task A_key_may_lack_the_permission()
    {
        await using var sandbox = await StartAsync(keys: [SandboxOptions.DefaultAccessKey with { MayLookUpEvents = false }]);

        var response = await sandbox.SendAsync(Lookup());

        Assert.Equal((HttpStatusCode.Forbidden, "NoPermission"), (response.Status, response.Code));
        Assert.Equal("OK", (await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei) with { Time = Sandbox.Noon })).Code);
    }

    [Fact]
    public async Task It_is_XML_unless_JSON_is_asked_for()
    {
        await using var sandbox = await StartAsync(new AuditTrailOptions { Delay = TimeSpan.Zero });
        await OperateAsync(sandbox, TestRequest.Unbind(Iccid, Imei));

        var response = await sandbox.SendAsync(Lookup() with { Method = Method.HmacSha1, Format = null });

        Assert.StartsWith("<?xml", response.Body, StringComparison.Ordinal);
        Assert.Contains("<Events><eventId>", response.Body, StringComparison.Ordinal);
    }

    private async Task<Sandbox> StartAsync(AuditTrailOptions? audit = null, IReadOnlyCollection<SandboxAccessKey>? keys = null) =>
        await Sandbox.StartAsync(new SandboxOptions { Clock = _clock, AuditTrail = audit ?? new AuditTrailOptions(), AccessKeys = keys ?? [SandboxOptions.DefaultAccessKey] });

    private TestRequest Lookup() => new() { Action = "LookupEvents", Version = "2020-07-06", Time = _clock.GetUtcNow() };

    private async Task OperateAsync(Sandbox sandbox, TestRequest request, string? userAgent = null)
    {
        using var message = (request with { Time = _clock.GetUtcNow() }).Build(sandbox.Service.Endpoint);
        if (userAgent is not null)
        {
            message.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        }

        await sandbox.SendAsync(message);
    }

    private async Task<JsonElement[]> EventsAsync(Sandbox sandbox) => Events(await sandbox.SendAsync(Lookup()));

    private static JsonElement[] Events(TestResponse response) => [.. response.Json.GetProperty("Events").EnumerateArray()];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
