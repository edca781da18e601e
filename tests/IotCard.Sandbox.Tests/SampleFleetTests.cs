using System.Text.RegularExpressions;

namespace IotCard.Sandbox.Tests;

public sealed partial class SampleFleetTests
{
    private const string GoodNewImei = "863588024298614";

    /// <summary>The table of docs/sandbox.md: ICCID, IMEI, NewImei, code.</summary>
    public static TheoryData<string, string, string, string, string> Provocations => new()
    {
        { "chgBind", "89860318342577548286", "863588021666896", GoodNewImei, "isv.RES_OWNER_ID_UNKNOWN" },
        { "chgBind", "89861119732145151200", "867044054386206", GoodNewImei, "isv.PRODUCT_UN_SUBSCRIPT" },
        { "chgBind", "89860319798073650091", "861762046140680", GoodNewImei, "isv.IOT_RES_NOT_EXIST" },
        { "chgBind", "89860020208669631471", "860456037105510", GoodNewImei, "isv.QUERY_ASSETS_ERROR" },
        { "unBind", "89860221570784372704", "861762049824827", "", "isv.RAM_PERMISSION_DENY" },
        { "unBind", "89860422736340148840", "356893112544133", "", "isv.INVALID_PARAMETERS" },
        { "unBind", "89860723778153251200", "868019045263440", "", "isv.SYSTEM_ERROR" },
        { "unBind", "89860918136611157870", "860456033421374", "", "isv.ERROR_BIND_NOT_EXIST" },
        { "unBind", "89860124743393633844", "863588027982750", "", "isv.ERROR_IOT_UNBINDED_ERROR" },
        { "chgBind", "89860625936995492312", "867044050702067", GoodNewImei, "isv.ERROR_IOT_CHGBINDED_ERROR" },
        { "chgBind", "89860018521874998319", "860456038157932", "860456039737237", "isv.ERROR_IMEI_ERROR" },
        { "chgBind", "89860018521874998319", "860456038157932", "861762042456544", "isv.ERROR_IMEI_ERROR" },
    };

    [Theory]
    [MemberData(nameof(Provocations))]
    public async Task Each_error_can_be_provoked_as_documented(string opionType, string iccid, string imei, string newImei, string code)
    {
        await using var sandbox = await Sandbox.StartAsync();

        var response = await sandbox.SendAsync(TestRequest.Operation(opionType, iccid, imei, newImei));

        var error = ServiceError.All.Single(error => error.Code == code);
        Assert.Equal((code, error.Meaning, error.HttpStatus), (response.Code, response.Message, (int)response.Status));
        Assert.Contains(Documented(), row => row[0] == iccid && row[1] == imei && row[^1].Contains(code, StringComparison.Ordinal));
    }

    [Fact]
    public void All_eleven_are_provoked()
    {
        Assert.Equal(11, ServiceError.All.Count);
        Assert.Equal(
            ServiceError.All.Select(error => error.Code).Order(StringComparer.Ordinal),
            Provocations.Select(row => row.Data.Item5).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_failure_of_one_operation_leaves_the_other_alone()
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.Equal("OK", (await sandbox.SendAsync(TestRequest.Rebind("89860124743393633844", "863588027982750", GoodNewImei))).Code);
        Assert.Equal("OK", (await sandbox.SendAsync(TestRequest.Unbind("89860625936995492312", "867044050702067"))).Code);
    }

    [Fact]
    public void The_page_lists_every_card_as_it_is()
    {
        var rows = Documented();
        foreach (var card in Fleet.Sample().Cards)
        {
            var row = rows.Find(row => row[0] == card.Iccid && (card.Closed || row[1] == card.Imei));
            Assert.NotNull(row);
            Assert.Matches("^8986[0-9A-Za-z]{15,16}$", row[0]);
            Assert.True(Luhn.IsValid(row[1]), row[1]);
        }

        Assert.True(Fleet.Sample().Cards.Count(card => card is { ProvokedFailure: null, Closed: false }) >= 12);
    }

    // The rows of the tables that start with an ICCID.
    private static List<string[]> Documented() =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "sandbox.md"))
            .Where(line => Row().IsMatch(line))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries).Select(cell => cell.Trim('`')).ToArray()),
    ];

    [GeneratedRegex("^\\| `89", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
