using System.Net;

namespace IotCard.Sandbox.Tests;

/// <summary>The product's actions other than the operation itself.</summary>
public sealed class NeighbouringActionTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string ClosedCard = "89860918136611157870";
    private const string NeverUploaded = "861762042456544";

    [Theory]
    [InlineData(Method.Acs3)]
    [InlineData(Method.HmacSha1)]
    public async Task The_neighboring_actions_respond_in_the_documented_format(Method method)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var exists = await Ask("DoIotIsImeiExist", "Imei", Imei);
        var existsNot = await Ask("DoIotIsImeiExist", "Imei", NeverUploaded);
        var info = await Ask("QueryCardInfo", "Iccid", Iccid);
        var status = await Ask("QueryCardStatus", "Iccid", ClosedCard);
        var unknown = await Ask("QueryCardInfo", "Iccid", "89860000000000000000");
        var missing = await Ask("QueryCardStatus", "Imei", Imei);

        Assert.True(exists.Json.GetProperty("IotImeiExist").GetProperty("IsImeiExist").GetBoolean());
        Assert.False(existsNot.Json.GetProperty("IotImeiExist").GetProperty("IsImeiExist").GetBoolean());
        Assert.Equal(["RequestId", "Code", "Message", "CardInfo"], info.FieldNames());
        Assert.Equal(["Iccid", "Imsi", "Msisdn", "GprsStatus", "FirstActiveTime", "OpenTime"], info.FieldNames("CardInfo"));
        Assert.Equal(["Iccid", "Msisdn", "UserStatus"], status.FieldNames("CardStatus"));
        Assert.Equal("isv.IOT_RES_NOT_EXIST", unknown.Code);
        Assert.Equal("isv.INVALID_PARAMETERS", missing.Code);
        Assert.Empty(sandbox.Log.Operations);

        Task<TestResponse> Ask(string action, string name, string value) =>
            sandbox.SendAsync((new TestRequest { Action = action, Method = method }).With(name, value));
    }

    [Fact]
    public async Task Card_info_has_the_documented_values()
    {
        var card = new Card(Iccid, Imei)
        {
            OpenAccountTime = new DateTime(2017, 10, 1, 9, 30, 0, DateTimeKind.Unspecified),
            ActiveTime = new DateTime(2017, 11, 6, 17, 49, 12, DateTimeKind.Unspecified),
        };
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Fleet = new Fleet([card]) });

        var info = (await sandbox.SendAsync((new TestRequest { Action = "QueryCardInfo" }).With("Iccid", Iccid))).Json.GetProperty("CardInfo");

        Assert.Equal(
            ("20171106174912", "20171001093000", "开"),
            (info.GetProperty("FirstActiveTime").GetString(), info.GetProperty("OpenTime").GetString(), info.GetProperty("GprsStatus").GetString()));
    }

    [Fact]
    public async Task A_device_that_was_never_uploaded_is_refused_until_it_is_uploaded()
    {
        await using var sandbox = await Sandbox.StartAsync();
        var rebind = TestRequest.Rebind(Iccid, Imei, NeverUploaded);
        var upload = (new TestRequest { Action = "DoIotPostImei" }).With("Imei", NeverUploaded).With("DeviceType", "路灯").With("Comments", "second floor");

        var refused = await sandbox.SendAsync(rebind);
        var uploaded = await sandbox.SendAsync(upload);
        var executed = await sandbox.SendAsync(rebind with { Nonce = "again" });

        Assert.Equal(("isv.ERROR_IMEI_ERROR", false), (refused.Code, refused.IsModSuccess));
        Assert.Equal(["RequestId", "Code", "Message", "IotPostImei"], uploaded.FieldNames());
        Assert.True(uploaded.Json.GetProperty("IotPostImei").GetProperty("IsPostSuccess").GetBoolean());
        Assert.Equal("OK", executed.Code);
        Assert.Equal(new UploadedDevice(NeverUploaded, "路灯", "second floor"), Assert.Single(sandbox.Fleet.UploadedDevices));
    }

    [Fact]
    public async Task A_fleet_may_know_only_what_was_uploaded()
    {
        var fleet = Fleet.Generate(2);
        fleet.RequiresUpload = true;
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Fleet = fleet });
        var other = SyntheticNumbers.Imei(7);

        Assert.Equal("isv.ERROR_IMEI_ERROR", await RebindAsync(other));
        Assert.False(await ExistsAsync(other));
        await sandbox.SendAsync((new TestRequest { Action = "DoIotPostImei" }).With("Imei", other));
        Assert.True(await ExistsAsync(other));
        Assert.Equal("OK", await RebindAsync(other));

        // A card's first device stays known, even though no card is bound to it any more.
        Assert.True(await ExistsAsync(SyntheticNumbers.Imei(0)));

        async Task<string> RebindAsync(string newImei) =>
            (await sandbox.SendAsync(TestRequest.Rebind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0), newImei))).Code;
        async Task<bool> ExistsAsync(string imei) =>
            (await sandbox.SendAsync((new TestRequest { Action = "DoIotIsImeiExist" }).With("Imei", imei))).Json.GetProperty("IotImeiExist").GetProperty("IsImeiExist").GetBoolean();
    }

    [Theory]
    [InlineData("86176204245654A", "isv.ERROR_IMEI_ERROR")]
    [InlineData("", "isv.INVALID_PARAMETERS")]
    public async Task An_ill_formed_device_is_not_uploaded(string imei, string code)
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.Equal(code, (await sandbox.SendAsync((new TestRequest { Action = "DoIotPostImei" }).With("Imei", imei))).Code);
        Assert.Empty(sandbox.Fleet.UploadedDevices);
    }

    [Theory]
    [InlineData("QueryCardsInfo")]
    [InlineData("QueryCardFlowInfo")]
    [InlineData("QueryCardHistoryFlowInfo")]
    [InlineData("QueryIotCardOfferDtl")]
    [InlineData("QueryPersonalInfo")]
    [InlineData("DoIotRecharge")]
    [InlineData("DoIotUserStopResume")]
    [InlineData("DoIotUnbindResume")]
    [InlineData("DoSendIotSms")]
    [InlineData("DoIotSetRemindConfig")]
    [InlineData("DoIotSetAbsoluteRemindConfig")]
    public async Task Another_action_of_the_product_is_refused_by_name(string action)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(new TestRequest { Action = action });

        Assert.Equal((HttpStatusCode.NotFound, "InvalidApi.NotFound"), (response.Status, response.Code));
        Assert.Contains(action, response.Message, StringComparison.Ordinal);
    }
}
