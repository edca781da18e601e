using System.Security.Cryptography;
using System.Text;
using IotCard.Client.Cards;
using IotCard.Client.Planning;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Planning;

public sealed class PlannerTests
{
    private const string One = "89860412345678901234";
    private const string Other = "8986041234567890123";
    private const string Rounded = "89860412345678900000";
    private const string A = "490154203237518";
    private const string B = "353918052345671";
    private const string C = "863588024298614";

    [Fact]
    public void A_sound_row_is_sent_and_has_no_outcome_yet()
    {
        var row = Assert.Single(Plan(new PlanOptions(), BindingRow.Rebind(One, A, B)));

        Assert.Equal(RowAction.Send, row.Decision.Action);
        Assert.Null(row.Outcome);
    }

    [Fact]
    public void A_row_that_the_reader_has_refused_keeps_that_decision_and_contradicts_no_other()
    {
        var refused = new Row(BindingRow.Rebind(One, A, C)) { Decision = new RowDecision(RowAction.Refuse, "AmbiguousColumn") };
        var sound = new Row(BindingRow.Rebind(One, A, B));

        new Planner(new PlanOptions()).Plan([refused, sound], journal: null);

        Assert.Equal("AmbiguousColumn", refused.Outcome!.Code);
        Assert.Null(sound.Outcome);
    }

    [Theory]
    [InlineData(false, "CardTwice", "CardTwice")]
    [InlineData(true, null, null)]
    public void Rows_that_contradict_each_other_pass_only_where_the_list_check_is_skipped(bool skips, string? first, string? second)
    {
        var rows = Plan(new PlanOptions { SkipsListCheck = skips }, BindingRow.Rebind(One, A, B), BindingRow.Rebind(One, A, C));

        Assert.Equal([first, second], rows.Select(static r => r.Decision.Code));
        Assert.Equal(skips ? [0L, 0L] : [2L, 1L], rows.Select(static r => r.Decision.OtherRow));
    }

    [Fact]
    public void One_new_device_for_a_whole_list_is_refused_for_every_row() =>
        Assert.Equal(
            ["DeviceTwice", "DeviceTwice"],
            Plan(new PlanOptions(), BindingRow.Rebind(One, A, B), BindingRow.Rebind(Other, C, B)).Select(static r => r.Outcome!.Code));

    [Theory]
    [InlineData(false, "SpreadsheetRounded")]
    [InlineData(true, null)]
    public void A_rounded_ICCID_passes_only_where_the_list_check_is_skipped(bool skips, string? code) =>
        Assert.Equal(code, Assert.Single(Plan(new PlanOptions { SkipsListCheck = skips }, BindingRow.Unbind(Rounded, A))).Decision.Code);

    [Fact]
    public void What_is_refused_has_not_been_executed_and_says_what_was_entered()
    {
        var outcome = Assert.Single(Plan(new PlanOptions(), BindingRow.Unbind(" 123 ", A))).Outcome!;

        Assert.Equal((OutcomeStatus.Failed, "InvalidIccid", " 123 "), (outcome.Status, outcome.Code, outcome.Row.Iccid));
    }

    [Fact]
    public void A_hash_depends_on_operation_endpoint_rows_and_order_and_on_nothing_else()
    {
        var service = new Uri("https://dyiotapi.aliyuncs.com");
        string Hash(BindingOperation operation, Uri endpoint, params BindingRow[] rows) => PlanHash.Compute(operation, endpoint, rows.Select(static r => new Row(r)));
        var (first, second) = (BindingRow.Rebind(One, A, B), BindingRow.Rebind(Other, B, C));
        var hash = Hash(BindingOperation.Rebind, service, first, second);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, Hash(BindingOperation.Rebind, new Uri("https://dyiotapi.aliyuncs.com/"), BindingRow.Rebind(" '" + One, A, B) with { RowNumber = 7 }, second));
        Assert.NotEqual(hash, Hash(BindingOperation.Unbind, service, first, second));
        Assert.NotEqual(hash, Hash(BindingOperation.Rebind, new Uri("https://dyiotapi.aliyuncs.com:8443"), first, second));
        Assert.NotEqual(hash, Hash(BindingOperation.Rebind, service, second, first));
        Assert.NotEqual(hash, Hash(BindingOperation.Rebind, service, first));
        Assert.NotEqual(Hash(BindingOperation.Rebind, service, BindingRow.Rebind("1", "23", "4")), Hash(BindingOperation.Rebind, service, BindingRow.Rebind("12", "3", "4")));
    }

    [Theory]
    [InlineData(One, A, B)]
    [InlineData("８９86", "设备", "\ud83d\udcf1")]
    [InlineData("89\ud83d", "\udcf1", "")]
    public void The_hash_is_of_each_text_with_its_length_in_UTF8(string iccid, string imei, string newImei)
    {
        string[] texts = ["Rebind", "https://dyiotapi.aliyuncs.com", iccid, imei, newImei];
        var bytes = texts.SelectMany(static text => Encoding.UTF8.GetBytes(text) is var utf8 ? Encoding.ASCII.GetBytes(utf8.Length + ":").Concat(utf8) : []);

        Assert.Equal(
            Convert.ToHexString(SHA256.HashData([.. bytes])).ToLowerInvariant(),
            PlanHash.Compute(BindingOperation.Rebind, new Uri("https://dyiotapi.aliyuncs.com/"), [new Row(BindingRow.Rebind(iccid, imei, newImei))]));
    }

    private static Row[] Plan(PlanOptions options, params BindingRow[] rows)
    {
        Row[] planned = [.. rows.Select(static (row, i) => new Row(row with { RowNumber = i + 1 }))];
        new Planner(options).Plan(planned, journal: null);
        return planned;
    }
}
