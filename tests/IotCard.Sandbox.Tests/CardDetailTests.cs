using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace IotCard.Sandbox.Tests;

/// <summary><c>GetCardDetail</c> of the successor product.</summary>
public sealed class CardDetailTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    private static TestRequest Detail(string iccid) => (new TestRequest { Action = "GetCardDetail", Version = "2021-05-20" }).With("Iccid", iccid);

    private static JsonElement Card(TestResponse response) => response.Json.GetProperty("Data").GetProperty("VsimCardInfo");

    [Theory]
    [InlineData(Method.Acs3)]
    [InlineData(Method.HmacSha1)]
    public async Task It_has_the_documented_shape(Method method)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(Detail(Iccid) with { Method = method });
        var card = Card(response);

        Assert.Equal((HttpStatusCode.OK, "200", true), (response.Status, response.Code, response.Json.GetProperty("Success").GetBoolean()));
        Assert.Equal(["RequestId", "Code", "Success", "Data"], response.FieldNames());
        Assert.Equal((Iccid, Imei, "30", "100", "CMCC"), (Text("Iccid"), Text("DeviceImei"), Text("Status"), Text("OsStatus"), Text("Vendor")));
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$", Text("ActiveTime"));
        Assert.Matches(@"^\d+\.\d\dMB$", Text("PeriodRestFlow"));
        Assert.Equal((JsonValueKind.Array, JsonValueKind.Array, JsonValueKind.Number), (card.GetProperty("Imsi").ValueKind, card.GetProperty("Msisdn").ValueKind, card.GetProperty("VsimInstanceId").ValueKind));

        string Text(string name) => card.GetProperty(name).GetString()!;
    }

    [Theory]
    [InlineData(DeviceImeiSource.Binding, NewImei)]
    [InlineData(DeviceImeiSource.LastSeen, Imei)]
    public async Task The_device_is_the_bound_one_or_by_option_the_one_last_seen(DeviceImeiSource source, string imei)
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { DeviceImei = source });
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));

        Assert.Equal(imei, Card(await sandbox.SendAsync(Detail(Iccid))).GetProperty("DeviceImei").GetString());
        sandbox.Fleet.Find(Iccid)!.LastSeenImei = NewImei;
        Assert.Equal(NewImei, Card(await sandbox.SendAsync(Detail(Iccid))).GetProperty("DeviceImei").GetString());
    }

    [Theory]
    [InlineData(CardStatus.Testable, "10", "10")]
    [InlineData(CardStatus.Unused, "20", "20")]
    [InlineData(CardStatus.InUse, "30", "100")]
    [InlineData(CardStatus.Stopped, "35", "200")]
    [InlineData(CardStatus.ShutDown, "40", "40")]
    public async Task A_card_is_in_its_state(CardStatus status, string code, string osStatus)
    {
        var card = new Card(Iccid, Imei) { Status = status };
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Fleet = new Fleet([card, new Card("89861118521874998319", Imei) { OsStatus = 500 }]) });

        var detail = Card(await sandbox.SendAsync(Detail(Iccid)));
        var other = Card(await sandbox.SendAsync(Detail("89861118521874998319")));

        Assert.Equal((code, osStatus), (detail.GetProperty("Status").GetString(), detail.GetProperty("OsStatus").GetString()));
        Assert.Equal(status is not (CardStatus.Testable or CardStatus.Unused), detail.TryGetProperty("ActiveTime", out _));
        Assert.Equal(("500", "CTCC"), (other.GetProperty("OsStatus").GetString(), other.GetProperty("Vendor").GetString()));
    }

    [Fact]
    public async Task A_closed_card_is_found_as_one()
    {
        await using var sandbox = await Sandbox.StartAsync();
        var instance = Card(await sandbox.SendAsync(Detail(Iccid))).GetProperty("VsimInstanceId").GetRawText();
        Assert.Equal("isv.IOT_RES_NOT_EXIST", (await sandbox.SendAsync(Detail(Iccid).With("DestroyCard", "true"))).Code);
        await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei));

        var plain = await sandbox.SendAsync(Detail(Iccid));
        var closed = await sandbox.SendAsync(Detail(Iccid).With("DestroyCard", "true"));
        var byInstance = await sandbox.SendAsync(Detail(Iccid).With("DestroyCard", "true").With("InstanceId", instance));
        var byAnother = await sandbox.SendAsync(Detail(Iccid).With("DestroyCard", "true").With("InstanceId", "1"));

        Assert.Equal((HttpStatusCode.OK, "isv.IOT_RES_NOT_EXIST", false), (plain.Status, plain.Code, plain.Json.GetProperty("Success").GetBoolean()));
        Assert.Equal(["RequestId", "Code", "Success", "ErrorMessage", "LocalizedMessage"], plain.FieldNames());
        Assert.All([closed, byInstance], response => Assert.Equal(("50", "50"), (Card(response).GetProperty("Status").GetString(), Card(response).GetProperty("OsStatus").GetString())));
        Assert.False(Card(closed).TryGetProperty("DeviceImei", out _));
        Assert.Equal("isv.IOT_RES_NOT_EXIST", byAnother.Code);
    }

    [Theory]
    [InlineData(ClosedCardRefusal.ResourceNotExist, HttpStatusCode.OK, "isv.IOT_RES_NOT_EXIST")]
    [InlineData(ClosedCardRefusal.CardDestroy, HttpStatusCode.BadRequest, "linkcard.common.CardDestroy")]
    [InlineData(ClosedCardRefusal.CardNotExist, HttpStatusCode.BadRequest, "linkcard.common.CardNotExist")]
    [InlineData(ClosedCardRefusal.IccidCanNotEmpty, HttpStatusCode.BadRequest, "linkcard.check.IccidCanNotEmpty")]
    [InlineData(ClosedCardRefusal.NotSuccessful, HttpStatusCode.OK, "500")]
    public async Task A_closed_card_that_is_asked_for_as_an_open_one_is_refused_in_the_chosen_form(ClosedCardRefusal form, HttpStatusCode status, string code)
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { ClosedCard = form });
        const string closed = "89860918136611157870";

        var refused = await sandbox.SendAsync(Detail(closed));
        var found = await sandbox.SendAsync(Detail(closed).With("DestroyCard", "true"));

        Assert.Equal((status, code), (refused.Status, refused.Code));
        Assert.Equal("200", found.Code);
        Assert.Equal("isv.IOT_RES_NOT_EXIST", (await sandbox.SendAsync(Detail("89860000000000000000"))).Code);
    }

    [Fact]
    public async Task A_closed_cards_instance_may_be_required()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { ClosedCardsNeedInstanceId = true });
        const string closed = "89860918136611157870";
        var request = Detail(closed).With("DestroyCard", "true");

        Assert.Equal("InstanceId cannot be empty.", (await sandbox.SendAsync(request)).Json.GetProperty("ErrorMessage").GetString());
        Assert.Equal("200", (await sandbox.SendAsync(request.With("InstanceId", $"{sandbox.Fleet.Find(closed)!.InstanceId}") with { Nonce = "n" })).Code);
    }

    [Fact]
    public async Task What_is_missing_is_named()
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.Equal("Iccid cannot be empty.", (await sandbox.SendAsync(Detail(""))).Json.GetProperty("ErrorMessage").GetString());
        Assert.Equal("isv.IOT_RES_NOT_EXIST", (await sandbox.SendAsync(Detail("89860000000000000000"))).Code);
        Assert.Equal("isv.INVALID_PARAMETERS", (await sandbox.SendAsync(Detail(Iccid).With("DestroyCard", "perhaps"))).Code);
    }

    [Fact]
    public async Task What_is_missing_may_be_named_by_the_gateway()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { NamesMissingParameters = true });
        var device = new TestRequest { Action = "DoIotIsImeiExist" };

        Assert.Equal((HttpStatusCode.BadRequest, "MissingIccid"), await RefusalOf(Detail("")));
        Assert.Equal((HttpStatusCode.BadRequest, "MissingNewImei"), await RefusalOf(TestRequest.Operation("chgBind", Iccid, Imei, newImei: null)));
        Assert.Equal((HttpStatusCode.BadRequest, "MissingImei"), await RefusalOf(TestRequest.Operation("unBind", Iccid, imei: null, newImei: null)));
        Assert.Equal((HttpStatusCode.BadRequest, "MissingImei"), await RefusalOf(device));
        Assert.Equal((HttpStatusCode.BadRequest, "isv.INVALID_PARAMETERS"), await RefusalOf(TestRequest.Operation("nothing", Iccid, Imei, newImei: null)));

        async Task<(HttpStatusCode Status, string Code)> RefusalOf(TestRequest request)
        {
            var response = await sandbox.SendAsync(request);
            return (response.Status, response.Code);
        }
    }

    [Theory]
    [InlineData("GetCardDetail", "2017-11-11")]
    [InlineData("LookupEvents", "2017-12-04")]
    [InlineData("LookupEvents", "2017-11-11")]
    [InlineData("DoIotChgBindOrUnBind", "2021-05-20")]
    [InlineData("ListCardInfo", "2021-05-20")]
    public async Task Each_product_has_its_own_actions(string action, string version)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei) with { Action = action, Version = version });

        Assert.Equal((HttpStatusCode.NotFound, "InvalidApi.NotFound"), (response.Status, response.Code));
        Assert.Equal(Imei, sandbox.Fleet.Find(Iccid)!.Imei);
    }

    [Fact]
    public async Task It_can_be_XML()
    {
        await using var sandbox = await Sandbox.StartAsync();

        var root = XDocument.Parse((await sandbox.SendAsync(Detail(Iccid) with { Format = "XML" })).Body).Root!;

        Assert.Equal("GetCardDetailResponse", root.Name.LocalName);
        var card = root.Element("Data")!.Element("VsimCardInfo")!;
        Assert.Equal((Imei, "false"), (card.Element("DeviceImei")!.Value, card.Element("AutoRebindReuse")!.Value));
        Assert.StartsWith("46000", card.Element("Imsi")!.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("89860018521874998319", "CMCC")]
    [InlineData("89860118521874998319", "CUCC")]
    [InlineData("89860318521874998319", "CTCC")]
    [InlineData("89861518521874998319", "VNO")]
    public void A_carrier_is_known_by_the_prefix(string iccid, string vendor) => Assert.Equal(vendor, new Card(iccid, Imei).Vendor);
}
