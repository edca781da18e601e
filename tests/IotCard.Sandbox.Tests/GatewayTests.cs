using System.Net;
using System.Xml.Linq;

namespace IotCard.Sandbox.Tests;

public sealed class GatewayTests
{
    private static readonly SandboxAccessKey Plain = new("plain", "s1");
    private static readonly SandboxAccessKey Inactive = new("inactive", "s2") { Inactive = true };
    private static readonly SandboxAccessKey Forbidden = new("forbidden", "s3") { Permitted = false };
    private static readonly SandboxAccessKey Temporary = new("temporary", "s4") { SecurityToken = "token-4", SecurityTokenExpires = Sandbox.Noon.AddMinutes(5) };
    private static readonly SandboxAccessKey Expired = new("expired", "s5") { SecurityToken = "token-5", SecurityTokenExpires = Sandbox.Noon };

    private static readonly TestRequest Query = new()
    {
        Action = "QueryCardStatus",
        KeyId = Plain.Id,
        Secret = Plain.Secret,
        Time = Sandbox.Noon,
        Parameters = new Dictionary<string, string>(StringComparer.Ordinal) { ["Iccid"] = "89860018521874998319" },
    };

    private static SandboxOptions Options(TimeProvider clock) =>
        new() { AccessKeys = [Plain, Inactive, Forbidden, Temporary, Expired], Clock = clock };

    private static async Task<TestResponse> AskAsync(TestRequest request)
    {
        await using var sandbox = await Sandbox.StartAsync(Options(Sandbox.FakeClock()));
        return await sandbox.SendAsync(request);
    }

    private static TestRequest As(SandboxAccessKey key) => Query with { KeyId = key.Id, Secret = key.Secret, Token = key.SecurityToken };

    public static TheoryData<Method> Methods => [Method.Acs3, Method.HmacSha1];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task An_unknown_key_is_not_found(Method method)
    {
        var response = await AskAsync(Query with { Method = method, KeyId = "nobody" });

        Assert.Equal((HttpStatusCode.NotFound, "InvalidAccessKeyId.NotFound"), (response.Status, response.Code));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_disabled_key_is_inactive(Method method)
    {
        var response = await AskAsync(As(Inactive) with { Method = method });

        Assert.Equal((HttpStatusCode.BadRequest, "InvalidAccessKeyId.Inactive"), (response.Status, response.Code));
    }

    [Theory]
    [InlineData(Method.Acs3, "temporary", "s4", "token-4", "OK")]
    [InlineData(Method.HmacSha1, "temporary", "s4", "token-4", "OK")]
    [InlineData(Method.Acs3, "temporary", "s4", null, "MissingSecurityToken")]
    [InlineData(Method.HmacSha1, "temporary", "s4", null, "MissingSecurityToken")]
    [InlineData(Method.Acs3, "temporary", "s4", "gibberish", "InvalidSecurityToken.Malformed")]
    [InlineData(Method.HmacSha1, "plain", "s1", "gibberish", "InvalidSecurityToken.Malformed")]
    [InlineData(Method.Acs3, "temporary", "s4", "token-5", "InvalidSecurityToken.MismatchWithAccessKey")]
    [InlineData(Method.HmacSha1, "plain", "s1", "token-4", "InvalidSecurityToken.MismatchWithAccessKey")]
    [InlineData(Method.Acs3, "expired", "s5", "token-5", "InvalidSecurityToken.Expired")]
    [InlineData(Method.HmacSha1, "expired", "s5", "token-5", "InvalidSecurityToken.Expired")]
    public async Task A_security_token_must_be_the_keys_own(Method method, string id, string secret, string? token, string code)
    {
        var response = await AskAsync(Query with { Method = method, KeyId = id, Secret = secret, Token = token });

        Assert.Equal(code, response.Code);
        Assert.Equal(code is "OK" ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.Status);
    }

    [Fact]
    public async Task A_token_expires_by_the_clock()
    {
        var clock = Sandbox.FakeClock();
        await using var sandbox = await Sandbox.StartAsync(Options(clock));

        Assert.Equal("OK", (await sandbox.SendAsync(As(Temporary))).Code);
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("InvalidSecurityToken.Expired", (await sandbox.SendAsync(As(Temporary) with { Nonce = "another" })).Code);
    }

    [Theory]
    [InlineData(Method.Acs3, "2026-03-14 12:00:00")]
    [InlineData(Method.Acs3, "2026-03-14T12:00:00+00:00")]
    [InlineData(Method.Acs3, "Sat, 14 Mar 2026 12:00:00 GMT")]
    [InlineData(Method.HmacSha1, "2026-03-14T12:00:00.000Z")]
    [InlineData(Method.HmacSha1, "2026-02-30T12:00:00Z")]
    public async Task An_ill_formed_timestamp_is_refused(Method method, string timestamp)
    {
        var response = await AskAsync(Query with { Method = method, Timestamp = timestamp });

        Assert.Equal((HttpStatusCode.BadRequest, "InvalidTimeStamp.Format"), (response.Status, response.Code));
    }

    [Theory]
    [InlineData(-901, "InvalidTimeStamp.Expired")]
    [InlineData(-900, "OK")]
    [InlineData(900, "OK")]
    [InlineData(901, "InvalidTimeStamp.Expired")]
    public async Task A_timestamp_is_accepted_for_fifteen_minutes_either_way(int seconds, string code)
    {
        foreach (var method in Enum.GetValues<Method>())
        {
            var response = await AskAsync(Query with { Method = method, Time = Sandbox.Noon.AddSeconds(seconds) });

            Assert.Equal(code, response.Code);
            Assert.Equal(Sandbox.Noon, response.Response.Headers.Date);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task A_nonce_is_accepted_once(Method method)
    {
        await using var sandbox = await Sandbox.StartAsync(Options(Sandbox.FakeClock()));
        var request = TestRequest.Unbind("89860018521874998319", "860456038157932") with
        {
            Method = method, KeyId = Plain.Id, Secret = Plain.Secret, Time = Sandbox.Noon, Nonce = "once",
        };

        Assert.Equal("OK", (await sandbox.SendAsync(request)).Code);
        var second = await sandbox.SendAsync(request);

        Assert.Equal((HttpStatusCode.BadRequest, "SignatureNonceUsed"), (second.Status, second.Code));
        Assert.Single(sandbox.Log.Operations);
    }

    [Fact]
    public async Task A_nonce_belongs_to_its_key_and_to_both_methods()
    {
        await using var sandbox = await Sandbox.StartAsync(Options(Sandbox.FakeClock()));

        Assert.Equal("OK", (await sandbox.SendAsync(Query with { Nonce = "n" })).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(As(Temporary) with { Nonce = "n" })).Code);
        Assert.Equal("SignatureNonceUsed", (await sandbox.SendAsync(Query with { Nonce = "n", Method = Method.HmacSha1 })).Code);
    }

    [Fact]
    public async Task A_nonce_with_a_wrong_signature_is_not_remembered()
    {
        await using var sandbox = await Sandbox.StartAsync(Options(Sandbox.FakeClock()));

        Assert.Equal("SignatureDoesNotMatch", (await sandbox.SendAsync(Query with { Nonce = "n", Secret = "wrong" })).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(Query with { Nonce = "n" })).Code);
    }

    [Fact]
    public async Task A_nonce_is_remembered_only_while_its_request_could_be_accepted()
    {
        var clock = Sandbox.FakeClock();
        await using var sandbox = await Sandbox.StartAsync(Options(clock));
        var request = Query with { Nonce = "n", Time = Sandbox.Noon.AddMinutes(10) };

        Assert.Equal("OK", (await sandbox.SendAsync(request)).Code);
        clock.Advance(TimeSpan.FromMinutes(25));
        Assert.Equal("SignatureNonceUsed", (await sandbox.SendAsync(request)).Code);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("InvalidTimeStamp.Expired", (await sandbox.SendAsync(request)).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(request with { Time = clock.GetUtcNow() })).Code);
    }

    [Theory]
    [InlineData(Method.Acs3, "NoPermission")]
    [InlineData(Method.HmacSha1, "Forbidden.RAM")]
    public async Task A_user_without_permission_is_refused(Method method, string code)
    {
        var response = await AskAsync(As(Forbidden) with { Method = method });

        Assert.Equal((HttpStatusCode.Forbidden, code), (response.Status, response.Code));
    }

    [Theory]
    [InlineData("DoIotSomethingElse", "2017-11-11")]
    [InlineData("doiotchgbindorunbind", "2017-11-11")]
    [InlineData("QueryCardStatus", "2017-11-12")]
    public async Task An_unknown_action_or_version_is_not_found(string action, string version)
    {
        foreach (var method in Enum.GetValues<Method>())
        {
            var response = await AskAsync(Query with { Method = method, Action = action, Version = version });

            Assert.Equal((HttpStatusCode.NotFound, "InvalidApi.NotFound"), (response.Status, response.Code));
        }
    }

    [Fact]
    public async Task The_checks_follow_the_gateways_order()
    {
        await using var sandbox = await Sandbox.StartAsync(Options(Sandbox.FakeClock()));
        var allWrong = Query with { KeyId = "nobody", Secret = "wrong", Token = "gibberish", Timestamp = "never", Nonce = "n" };

        Assert.Equal("InvalidAccessKeyId.NotFound", await CodeOf(allWrong));
        Assert.Equal("InvalidAccessKeyId.Inactive", await CodeOf(allWrong with { KeyId = Inactive.Id }));
        Assert.Equal("InvalidSecurityToken.Malformed", await CodeOf(allWrong with { KeyId = Forbidden.Id }));
        Assert.Equal("InvalidTimeStamp.Format", await CodeOf(allWrong with { KeyId = Forbidden.Id, Token = null }));
        Assert.Equal("SignatureDoesNotMatch", await CodeOf(allWrong with { KeyId = Forbidden.Id, Token = null, Timestamp = null }));
        Assert.Equal("Forbidden", (await CodeOf(As(Forbidden) with { Nonce = "n", Method = Method.HmacSha1 }))[..9]);
        Assert.Equal("SignatureNonceUsed", await CodeOf(As(Forbidden) with { Nonce = "n" }));

        async Task<string> CodeOf(TestRequest request) => (await sandbox.SendAsync(request)).Code;
    }

    [Fact]
    public async Task A_refusal_has_the_gateways_format()
    {
        var response = await AskAsync(Query with { KeyId = "nobody" });

        Assert.Equal(["RequestId", "HostId", "Code", "Message", "Recommend"], response.FieldNames());
        Assert.Equal("application/json", response.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(response.Json.GetProperty("RequestId").GetString(), response.Response.Headers.GetValues("x-acs-request-id").Single());
    }

    [Theory]
    [InlineData(Method.Acs3, "XML")]
    [InlineData(Method.HmacSha1, "XML")]
    [InlineData(Method.HmacSha1, null)]
    public async Task A_response_is_XML_on_request_and_by_default_with_HMAC_SHA1(Method method, string? format)
    {
        await using var sandbox = await Sandbox.StartAsync(Options(Sandbox.FakeClock()));
        var rebind = TestRequest.Rebind("89860018521874998319", "860456038157932", "863588024298614") with
        {
            KeyId = Plain.Id, Secret = Plain.Secret, Time = Sandbox.Noon, Nonce = "n", Method = method, Format = format,
        };

        var success = await sandbox.SendAsync(rebind);
        var refusal = await sandbox.SendAsync(rebind);

        Assert.StartsWith("<?xml version='1.0' encoding='UTF-8'?><DoIotChgBindOrUnBindResponse>", success.Body, StringComparison.Ordinal);
        Assert.EndsWith("<Code>OK</Code><Message>OK</Message><IotModBind><IsModSuccess>true</IsModSuccess></IotModBind></DoIotChgBindOrUnBindResponse>", success.Body, StringComparison.Ordinal);
        Assert.Equal("text/xml", success.Response.Content.Headers.ContentType!.MediaType);
        var error = XDocument.Parse(refusal.Body).Root!;
        Assert.Equal("Error", error.Name.LocalName);
        Assert.Equal("SignatureNonceUsed", error.Element("Code")!.Value);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Another_method_than_GET_and_POST_is_refused(string verb)
    {
        var response = await AskAsync(Query with { Verb = new HttpMethod(verb) });

        Assert.Equal(HttpStatusCode.BadRequest, response.Status);
        Assert.Equal("UnsupportedHTTPMethod", response.Code);
    }

    [Fact]
    public async Task Another_path_is_not_found()
    {
        await using var sandbox = await Sandbox.StartAsync();
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(sandbox.Service.Endpoint, "/somewhere"));

        var response = await sandbox.SendAsync(message);

        Assert.Equal(HttpStatusCode.NotFound, response.Status);
        Assert.Contains("InvalidApi.NotFound", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_body_is_refused()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Query with { BodyInstead = new string('a', 100_000) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.Status);
        Assert.Equal(0, sandbox.Log.InFlight);
    }
}
