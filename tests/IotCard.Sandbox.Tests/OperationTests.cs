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

        var response = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        var again = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        var back = await sandbox.SendAsync(TestRequest.Rebind(Iccid, NewImei, Imei));

        Assert.Equal(HttpStatusCode.OK, response.Status);
        Assert.Matches("""^\{"RequestId":"[0-9A-F-]{36}","Code":"OK","Message":"OK","IotModBind":\{"IsModSuccess":true\}\}$""", response.Body);
        Assert.Equal((HttpStatusCode.NotFound, "isv.ERROR_BIND_NOT_EXIST", false), (again.Status, again.Code, again.IsModSuccess));
        Assert.Equal("OK", back.Code);
        Assert.Equal((Imei, false), (sandbox.Fleet.Find(Iccid)!.Imei, sandbox.Fleet.Find(Iccid)!.Closed));
    }

    [Fact]
    public async Task An_unbind_closes_the_card_for_good()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));
        var again = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));
        var rebind = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));

        Assert.Equal(("OK", true), (response.Code, response.IsModSuccess));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", again.Code);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", rebind.Code);
        Assert.Equal((null, true), (sandbox.Fleet.Find(Iccid)!.Imei, sandbox.Fleet.Find(Iccid)!.Closed));
        Assert.Equal(1, sandbox.Log.ExecutedFor(Iccid));
    }

    [Fact]
    public async Task The_published_sample_is_answered_on_request()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { PublishedSampleMessage = true });

        var response = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));

        Assert.Equal(("OK", "ServiceUnavailable", true), (response.Code, response.Message, response.IsModSuccess));
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

        var response = await sandbox.SendAsync(TestRequest.Operation(opionType, iccid, imei, newImei));

        Assert.Equal((HttpStatusCode.BadRequest, "isv.INVALID_PARAMETERS"), (response.Status, response.Code));
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

        var response = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, newImei));

        Assert.Equal(code, response.Code);
    }

    [Fact]
    public async Task The_letter_case_of_an_ICCID_counts()
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.Equal("isv.IOT_RES_NOT_EXIST", (await sandbox.SendAsync(TestRequest.Unbind("8986111873404053465D", "356893119912416"))).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(TestRequest.Unbind("8986111873404053465d", "356893119912416"))).Code);
    }

    [Fact]
    public async Task A_business_failure_is_answered_with_200_on_request()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { BusinessFailuresAsOk = true });

        var response = await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei));
        var refusal = await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei) with { KeyId = "nobody" });

        Assert.Equal((HttpStatusCode.OK, "isv.ERROR_BIND_NOT_EXIST"), (response.Status, response.Code));
        Assert.Equal(HttpStatusCode.NotFound, refusal.Status);
    }

    [Fact]
    public async Task Of_many_concurrent_unbinds_one_is_executed()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var responses = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei))));

        Assert.Single(responses, response => response.Code is "OK");
        Assert.Equal(1, sandbox.Log.ExecutedFor(Iccid));
        Assert.Equal(64, sandbox.Log.Processed);
    }
}
