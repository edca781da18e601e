using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Input;

/// <summary>How columns are recognized, and that a list of rebinds closes no account under any name of its columns.</summary>
public sealed class ColumnTests
{
    private const string Unbinding = "$input | Remove-IotCardBinding -Confirm:$false";
    private const string Rebinding = "$input | Set-IotCardBinding";

    /// <summary>Names that are read as the new device's.</summary>
    public static TheoryData<string> NewDeviceNames() =>
    [
        "NewImei", "newimei", "NEWIMEI", "NewImei ", " NewImei", "New IMEI", "new_imei", "NEW-IMEI", "new imei", "New  Imei", "New\u00A0IMEI", "New\u3000IMEI",
        "NewImei\u200B", "\uFEFFNewImei", "\uFEFF\uFEFFNewImei", "New\u00ADImei", "New\u2011Imei", "New\u2013IMEI", "NewImei\t", "New\r\nIMEI", "\"NewImei\"", "'NewImei'",
        "NewImei*", "NewImei:", "New.Imei", "(New IMEI)", "ＮｅｗＩｍｅｉ", "ＮＥＷ＿ＩＭＥＩ", "NEWİMEİ", "newımeı", "New\uFFFDImei", "\u202ANewImei\u202C",
        "TargetImei", "target_imei", "Target IMEI", "TARGET-IMEI ", "新设备IMEI", "新设备 IMEI", "新设备_imei", "新设备ＩＭＥＩ", "新IMEI", "新 IMEI", "新-Imei", "新ＩＭＥＩ",
    ];

    /// <summary>Names that are not read, but seem to be a new device's.</summary>
    public static TheoryData<string> NamesLikeANewDevice() =>
    [
        "IMEI (new)", "imei_new", "NewDeviceImei", "New Device IMEI", "Replacement IMEI", "NewIMEI2", "换绑IMEI", "目标IMEI", "目標 IMEI", "更换后的IMEI", "新設備IMEI", "IMEI（新）", "New device", "新设备",
    ];

    [Theory]
    [MemberData(nameof(NewDeviceNames))]
    [MemberData(nameof(NamesLikeANewDevice))]
    public async Task A_row_with_a_new_device_is_not_unbound_whatever_the_columns_name(string name)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Unbinding, Row(("Iccid", Card1), ("Imei", Device1), (name, NewDevice1)));
        var check = session.Run("$input | Test-IotCardBinding -Operation Unbind", Row(("Iccid", Card1), ("Imei", Device1), (name, NewDevice1)));

        Assert.Equal(["RowIsARebind"], run.Each("Code"));
        Assert.Equal(["RowIsARebind"], check.Each("Code"));
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Theory]
    [MemberData(nameof(NewDeviceNames))]
    public async Task A_rebind_reads_its_new_device_under_the_same_names(string name)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Rebinding, Row(("Iccid", Card1), ("Imei", Device1), (name, NewDevice1)));

        Assert.Equal(["OK"], run.Each("Code"));
        Assert.Equal([NewDevice1], run.Each("NewImei"));
    }

    [Theory]
    [InlineData("ICC ID", "Current IMEI")]
    [InlineData("\uFEFFIccid", "设备 IMEI")]
    [InlineData("iccid ", "当前IMEI")]
    [InlineData("ＩＣＣＩＤ", "当前_imei")]
    [InlineData("\"Iccid\"", "CURRENT-IMEI")]
    public async Task A_card_and_its_device_are_recognized_in_the_same_way(string iccid, string imei)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Unbinding, Row((iccid, Card1), (imei, Device1)));

        Assert.Equal(["OK"], run.Each("Code"));
    }

    [Fact]
    public async Task Every_column_of_a_new_device_is_looked_at_also_where_the_first_is_empty()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Unbinding,
            Row(("Iccid", Card1), ("Imei", Device1), ("NewImei", string.Empty), ("TargetImei", NewDevice1)),
            Row(("Iccid", Card2), ("Imei", Device2), ("NewImei", Device2), ("新IMEI", NewDevice2)),
            Row(("Iccid", Card3), ("Imei", Device3), ("NewImei", " "), ("TargetImei", null)));

        Assert.Equal(["RowIsARebind", "RowIsARebind", "OK"], run.Each("Code"));
        Assert.Contains("TargetImei", run.Each("Message").First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_columns_with_one_meaning_must_not_disagree()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Rebinding,
            Row(("Iccid", Card1), ("Imei", Device1), ("NewImei", NewDevice1), ("New IMEI", NewDevice2)),
            Row(("Iccid", Card1), ("Imei", Device1), ("CurrentImei", Device2), ("NewImei", NewDevice1)),
            Row(("Iccid", Card1), ("ICC-ID", Card2), ("Imei", Device1), ("NewImei", NewDevice1)),
            Row(("Iccid", Card1), ("Imei", string.Empty), ("CurrentImei", Device1), ("NewImei", NewDevice1), ("TargetImei", "'" + NewDevice1)));

        Assert.Equal(["AmbiguousColumn", "AmbiguousColumn", "AmbiguousColumn", "OK"], run.Each("Code"));
        Assert.Contains("New IMEI", run.Each("Message").First(), StringComparison.Ordinal);
        Assert.Equal(1, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("Outcome", "Unknown")]
    [InlineData("outcome ", "unknown")]
    [InlineData("OUT_COME", "Unknown\u200B")]
    [InlineData("Outcome", "'Unknown")]
    public async Task An_Unknown_outcome_is_recognized_in_the_same_way(string name, string outcome)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Unbinding, Row(("Iccid", Card1), ("Imei", Device1), (name, outcome)));

        Assert.Equal(["PriorOutcomeUnknown"], run.Each("Code"));
    }

    [Theory]
    [InlineData("Iccid", Unbinding)]
    [InlineData("Imei", Unbinding)]
    [InlineData("NewImei", Unbinding)]
    [InlineData("IMEI (new)", Unbinding)]
    [InlineData("Outcome", Unbinding)]
    [InlineData("NewImei", Rebinding)]
    public async Task A_property_that_throws_gives_its_row_a_result_and_the_others_go_on(string name, string command)
    {
        await using var session = await ModuleSession.OpenAsync();
        session.SetVariable("good", new[] { Rebind(Card2, Device2, command == Unbinding ? null : NewDevice2), Rebind(Card3, Device3, command == Unbinding ? null : NewDevice3) });
        session.SetVariable("bad", Row([.. new[] { ("Iccid", (object?)Card1), ("Imei", Device1), ("NewImei", command == Unbinding ? null : NewDevice1) }.Where(c => c.Item1 != name)]));

        var run = session.Run(
            $"$bad.PSObject.Properties.Add([System.Management.Automation.PSScriptProperty]::new('{name}', {{ throw 'boom' }})); $good[0], $bad, $good[1] | "
            + command.Replace("$input | ", string.Empty, StringComparison.Ordinal));

        Assert.Equal(["OK", "UnreadableColumn", "OK"], run.Each("Code"));
        Assert.Contains("boom", run.Each("Message").ElementAt(1), StringComparison.Ordinal);
        Assert.Equal(2, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("@{ Iccid = $card; Imei = $device }", "hashtable")]
    [InlineData("[ordered]@{ Iccid = $card; Imei = $device }", "hashtable")]
    [InlineData("\"$card,$device\"", "text")]
    [InlineData("42", "number")]
    [InlineData("$null", "$null")]
    public async Task What_is_no_row_is_refused_by_its_shape_even_where_the_command_line_gives_the_card(string input, string says)
    {
        await using var session = await ModuleSession.OpenAsync();
        session.SetVariable("card", Card1);
        session.SetVariable("device", Device1);

        var bare = session.RunCatching($"{input} | Remove-IotCardBinding -Confirm:$false");
        var given = session.RunCatching($"{input} | Remove-IotCardBinding -Iccid $card -Imei $device -Confirm:$false");

        Assert.All([bare, given], run => Assert.StartsWith("MissingColumn,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Contains(says, bare.TerminatingError.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task An_array_as_InputObject_is_one_thing_and_no_row()
    {
        await using var session = await ModuleSession.OpenAsync();
        session.SetVariable("rows", new[] { Unbind(Card1, Device1), Unbind(Card2, Device2) });

        var run = session.RunCatching("Remove-IotCardBinding -InputObject $rows -Confirm:$false");

        Assert.StartsWith("MissingColumn,", run.TerminatingError.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-InputObject", run.TerminatingError.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_given_parameter_goes_before_the_columns_of_its_meaning()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            $"$input | Set-IotCardBinding -NewImei {NewDevice1}", Row(("Iccid", Card1), ("Imei", Device1), ("NewImei", NewDevice2), ("TargetImei", NewDevice3)));

        Assert.Equal(["OK"], run.Each("Code"));
        Assert.Equal([NewDevice1], run.Each("NewImei"));
    }

    [Fact]
    public async Task Columns_of_the_callers_own_are_left_alone()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Unbinding, Row(("Iccid", Card1), ("Imei", Device1), ("PreviousImei", Device2), ("Site", "New York"), ("设备更新时间", "2026-11-01"), ("RequestId", "7")));

        Assert.Equal(["OK"], run.Each("Code"));
    }
}
