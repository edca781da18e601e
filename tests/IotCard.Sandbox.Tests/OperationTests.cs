using System.Net;

namespace IotCard.Sandbox.Tests;

public sealed class OperationTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    [Fact]
    public async Task A_rebind_binds_the_new_device_and_only_that()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var answer = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        var again = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        var back = await sandbox.SendAsync(TestRequest.Rebind(Iccid, NewImei, Imei));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Matches("""^\{"RequestId":"[0-9A-F-]{36}","Code":"OK","Message":"OK","IotModBind":\{"IsModSuccess":true\}\}$""", answer.Body);
        Assert.Equal((HttpStatusCode.NotFound, "isv.ERROR_BIND_NOT_EXIST", false), (again.Status, again.Code, again.IsModSuccess));
        Assert.Equal("OK", back.Code);
        Assert.Equal((Imei, false), (sandbox.Fleet.Find(Iccid)!.Imei, sandbox.Fleet.Find(Iccid)!.Closed));
    }

    [Fact]
    public async Task An_unbind_closes_the_card_for_good()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var answer = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));
        var again = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));
        var rebind = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));

        Assert.Equal(("OK", true), (answer.Code, answer.IsModSuccess));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", again.Code);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", rebind.Code);
        Assert.Equal((null, true), (sandbox.Fleet.Find(Iccid)!.Imei, sandbox.Fleet.Find(Iccid)!.Closed));
        Assert.Equal(1, sandbox.Log.CarriedOutFor(Iccid));
    }

    [Fact]
    public async Task The_published_sample_is_answered_on_request()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { PublishedSampleMessage = true });

        var answer = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));

        Assert.Equal(("OK", "ServiceUnavailable", true), (answer.Code, answer.Message, answer.IsModSuccess));
    }

    [Theory]
    [InlineData("chgbind", Iccid, Imei, NewImei)]
    [InlineData("UNBIND", Iccid, Imei, null)]
    [InlineData("", Iccid, Imei, NewImei)]
    [InlineData("chgBind", null, Imei, NewImei)]
    [InlineData("chgBind", Iccid, null, NewImei)]
    [InlineData("chgBind", Iccid, Imei, null)]
    [InlineData("chgBind", Iccid, Imei, "")]
    [InlineData("unBind", null, Imei, null)]
    [InlineData("unBind", Iccid, "", null)]
    public async Task A_missing_or_invalid_parameter_is_refused(string opionType, string? iccid, string? imei, string? newImei)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var answer = await sandbox.SendAsync(TestRequest.Operation(opionType, iccid, imei, newImei));

        Assert.Equal((HttpStatusCode.BadRequest, "isv.INVALID_PARAMETERS"), (answer.Status, answer.Code));
        Assert.Equal(Imei, sandbox.Fleet.Find(Iccid)!.Imei);
    }

    [Theory]
    [InlineData("1234567890123", "isv.ERROR_IMEI_ERROR")]
    [InlineData("12345678901234", "OK")]
    [InlineData("123456789012345", "OK")]
    [InlineData("1234567890123456", "OK")]
    [InlineData("12345678901234567", "isv.ERROR_IMEI_ERROR")]
    [InlineData("12345678901234A", "isv.ERROR_IMEI_ERROR")]
    [InlineData("１２３４５６７８９０１２３４５", "isv.ERROR_IMEI_ERROR")]
    [InlineData("８６３５８８０２４２９８６１４", "isv.ERROR_IMEI_ERROR")]
    public async Task A_new_IMEI_has_14_to_16_digits(string newImei, string code)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var answer = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, newImei));

        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task The_letter_case_of_an_ICCID_counts()
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.Equal("isv.IOT_RES_NOT_EXIST", (await sandbox.SendAsync(TestRequest.Unbind("8986111873404053465D", "356893119912416"))).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(TestRequest.Unbind("8986111873404053465d", "356893119912416"))).Code);
    }

    [Fact]
    public async Task A_business_failure_is_answered_200_on_request()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { BusinessFailuresAsOk = true });

        var answer = await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei));
        var refusal = await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei) with { KeyId = "nobody" });

        Assert.Equal((HttpStatusCode.OK, "isv.ERROR_BIND_NOT_EXIST"), (answer.Status, answer.Code));
        Assert.Equal(HttpStatusCode.NotFound, refusal.Status);
    }

    [Fact]
    public async Task Of_many_unbinds_at_once_one_is_carried_out()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei))));

        Assert.Single(answers, answer => answer.Code is "OK");
        Assert.Equal(1, sandbox.Log.CarriedOutFor(Iccid));
        Assert.Equal(64, sandbox.Log.Decided);
    }

    [Theory]
    [InlineData(Method.Acs3)]
    [InlineData(Method.HmacSha1)]
    public async Task The_neighbouring_actions_answer(Method method)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var exists = await Ask("DoIotIsImeiExist", "Imei", Imei);
        var existsNot = await Ask("DoIotIsImeiExist", "Imei", "861762042456544");
        var info = await Ask("QueryCardInfo", "Iccid", Iccid);
        var status = await Ask("QueryCardStatus", "Iccid", "89860918136611157870");
        var unknown = await Ask("QueryCardInfo", "Iccid", "89860000000000000000");
        var missing = await Ask("QueryCardStatus", "Imei", Imei);

        Assert.True(exists.Json.GetProperty("IotImeiExist").GetProperty("IsImeiExist").GetBoolean());
        Assert.False(existsNot.Json.GetProperty("IotImeiExist").GetProperty("IsImeiExist").GetBoolean());
        Assert.Equal(
            ["Iccid", "Imsi", "Msisdn", "GprsStatus", "VoiceStatus", "SmsStatus", "FirstActiveTime", "OpenTime"],
            info.FieldNames("CardInfo"));
        Assert.Equal("CLOSED", status.Json.GetProperty("CardStatus").GetProperty("UserStatus").GetString());
        Assert.Equal("isv.IOT_RES_NOT_EXIST", unknown.Code);
        Assert.Equal("isv.INVALID_PARAMETERS", missing.Code);
        Assert.Empty(sandbox.Log.Executions);

        Task<TestResponse> Ask(string action, string name, string value) =>
            sandbox.SendAsync((new TestRequest { Action = action, Method = method }).With(name, value));
    }
}
