using System.Management.Automation;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

public sealed class SetIotCardBindingTests
{
    private const string Command = "$input | Set-IotCardBinding";

    [Fact]
    public async Task Every_row_is_rebound_and_has_one_result_in_input_order()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command, Rebind(Card1, Device1, NewDevice1), Rebind(Card2, Device2, NewDevice2));

        Assert.Null(run.Terminated);
        Assert.Empty(run.Errors);
        Assert.Equal([Card1, Card2], run.Each("Iccid"));
        Assert.Equal(["Succeeded", "Succeeded"], run.Each("Outcome"));
        Assert.Equal(["Rebind", "Rebind"], run.Each("Operation"));
        Assert.Equal([NewDevice1, NewDevice2], run.Each("Imei"));
        Assert.Equal([Device1, Device2], run.Each("PreviousImei"));
        Assert.Equal(["OK", "OK"], run.Each("Code"));
        Assert.Equal(["1", "1"], run.Each("Attempts"));
        Assert.Equal(["False", "False"], run.Each("FromJournal"));
        Assert.Equal(session.Sandbox.Log.Operations.Select(e => e.RequestId).Order(), run.Each("RequestId").Order());
        Assert.Equal(NewDevice1, session.Sandbox.Fleet.Find(Card1)!.Imei);
        Assert.Equal(NewDevice2, session.Sandbox.Fleet.Find(Card2)!.Imei);
        Assert.All(run.Output, o => Assert.Equal("IotCard.BindingResult", o.TypeNames[0]));
    }

    [Fact]
    public async Task A_rebind_takes_its_parameters_by_position()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run($"Set-IotCardBinding {Card1} {Device1} {NewDevice1}");

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
        Assert.Equal(1, session.Sandbox.Log.ExecutedFor(Card1));
    }

    [Theory]
    [InlineData("iccid", "IMEI", "newimei")]
    [InlineData("ICCID", "CurrentImei", "TargetImei")]
    [InlineData("Iccid", "设备IMEI", "新设备IMEI")]
    public async Task A_column_is_found_by_its_name_in_any_case_and_by_its_aliases(string iccid, string imei, string newImei)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command, Row((iccid, Card1), (imei, Device1), (newImei, NewDevice1)));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }

    [Fact]
    public async Task A_whole_object_is_never_used_as_an_ICCID()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.RunCatching($"$input | Set-IotCardBinding -Imei {Device1} -NewImei {NewDevice1}", Card1, new PSObject(42));

        Assert.Equal("MissingColumn", run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Empty(run.Output);
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Iccid " + Card1)]
    public async Task A_blank_line_at_the_end_is_no_row_even_where_the_command_line_gives_the_card(string given)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run($"$input | Set-IotCardBinding {given}", Rebind(Card1, Device1, NewDevice1), Rebind(" ", string.Empty, string.Empty));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }

    [Theory]
    [InlineData("NewIMEI2", "Iccid, Imei, NewIMEI2")]
    [InlineData("Ö", "-Encoding")]
    public async Task A_row_that_lacks_a_column_has_its_result_in_order_and_names_the_columns_it_has(string column, string says)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Command,
            Rebind(Card2, Device2, NewDevice2),
            Row(("Iccid", Card1), ("Imei", Device1), (column, NewDevice1)),
            Rebind(Card1, Device1, NewDevice1));

        Assert.Equal([Card2, Card1, Card1], run.Each("Iccid"));
        Assert.Equal(["OK", "MissingColumn", "OK"], run.Each("Code"));
        Assert.Equal(["1", "2", "3"], run.Each("Row"));
        var error = Assert.Single(run.Errors);
        Assert.StartsWith("MissingColumn,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("NewImei", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("$r | Where-Object Outcome -ne Succeeded | Set-IotCardBinding")]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($r)) | Set-IotCardBinding")]
    public async Task A_result_that_says_Unknown_is_not_repeated_blindly(string again)
    {
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { Faults = new FaultPlan().ForCard(Card1, FaultKind.ResetAfter, FaultKind.None, FaultKind.None) });
        session.SetVariable("rows", Rebind(Card1, Device1, NewDevice1));
        session.Run("$r = $rows | Set-IotCardBinding -ErrorAction SilentlyContinue");

        var refused = session.Run(again);
        var repeated = session.Run(again + " -RetryUnknown -Confirm:$false");

        Assert.Equal("PriorOutcomeUnknown", Assert.Single(refused.Each("Code")));
        Assert.Equal(3, session.Sandbox.Log.Requests);

        // What was executed the first time is no longer bound to that device, so the outcome stays Unknown.
        Assert.Equal(["Unknown"], repeated.Each("Outcome"));
        Assert.Equal(["isv.ERROR_BIND_NOT_EXIST"], repeated.Each("Code"));
    }

    public static TheoryData<object?, object?, object?, string> BadRows() => new()
    {
        { "", Device1, NewDevice1, "InvalidIccid" },
        { null, Device1, NewDevice1, "InvalidIccid" },
        { 8.9860412345678901234E+19, Device1, NewDevice1, "SpreadsheetNumber" },
        { "8.98604E+19", Device1, NewDevice1, "SpreadsheetNumber" },
        { "\uFF189860018521874998319", Device1, NewDevice1, "InvalidIccid" },
        { Card1, "", NewDevice1, "InvalidImei" },
        { Card1, Device1, "", "InvalidImei" },
        { Card1, Device1, "353918052345670", "ImeiCheckDigit" },
        { Card1, Device1, Device1, "SameImei" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task A_bad_row_in_the_middle_is_refused_and_every_other_succeeds(
        object? iccid, object? imei, object? newImei, string code)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Command, Rebind(Card2, Device2, NewDevice2), Rebind(iccid, imei, newImei), Rebind(Card3, Device3, NewDevice3));

        Assert.Equal(["Succeeded", "Failed", "Succeeded"], run.Each("Outcome"));
        Assert.Equal(["OK", code, "OK"], run.Each("Code"));
        Assert.Equal(["1", "0", "1"], run.Each("Attempts"));
        var error = Assert.Single(run.Errors);
        Assert.Equal(code + ",IotCard.Commands.SetIotCardBindingCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Same(run.Output[1].BaseObject, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(2, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_number_that_kept_all_its_digits_is_accepted()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command, Rebind(decimal.Parse(Card1, System.Globalization.CultureInfo.InvariantCulture), long.Parse(Device1, System.Globalization.CultureInfo.InvariantCulture), NewDevice1));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }

    [Fact]
    public async Task A_wrong_check_digit_passes_if_the_user_says_so()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run("$input | Set-IotCardBinding -SkipCheckDigit", Rebind(Card1, Device1, "353918052345670"));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }

    [Fact]
    public async Task Failures_can_be_piped_into_the_same_command_again()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            "$r = $input | Set-IotCardBinding -ErrorAction SilentlyContinue; $r | Where-Object Outcome -eq Failed | Set-IotCardBinding -SkipCheckDigit",
            Rebind(Card1, Device1, "353918052345670"),
            Rebind(Card2, Device2, NewDevice2));

        Assert.Empty(run.Errors);
        Assert.Equal([Card1], run.Each("Iccid"));
        Assert.Equal(["Succeeded"], run.Each("Outcome"));
        Assert.Equal(2, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData("Set-IotCardBinding", "Asked for Iccid, Imei, NewImei")]
    [InlineData("Set-IotCardBinding -Imei 860456038157932", "Asked for Iccid, NewImei")]
    [InlineData("Remove-IotCardBinding", "Asked for Iccid, Imei")]
    [InlineData("Test-IotCardBinding", "Asked for Iccid, Imei")]
    public async Task What_is_missing_at_the_prompt_is_asked_for_in_order(string command, string asked)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(command);

        Assert.Contains(asked, Assert.Single(run.Errors).Exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rebind_does_not_prompt_by_default_but_on_request()
    {
        await using var session = await ModuleSession.OpenAsync(answers: ["Yes", "No"]);

        var quiet = session.Run(Command, Rebind(Card1, Device1, NewDevice1));
        var asked = session.Run(
            Command + " -Confirm", Rebind(Card2, Device2, NewDevice2), Rebind(Card3, Device3, NewDevice3));

        Assert.Equal([Card1], quiet.Each("Iccid"));
        Assert.Equal([Card2], asked.Each("Iccid"));
        Assert.Equal(2, session.Host.Prompts.Count);
        Assert.Contains($"ICCID {Card2} on device {Device2}", session.Host.Prompts[0], StringComparison.Ordinal);
        Assert.Contains($"Rebind the card to device {NewDevice2}", session.Host.Prompts[0], StringComparison.Ordinal);
        Assert.Equal(Device3, session.Sandbox.Fleet.Find(Card3)!.Imei);
    }

    [Fact]
    public async Task A_given_channel_id_is_sent()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command + " -MidChannelId 'channel 7'", Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }

    [Theory]
    [InlineData("ACS3-HMAC-SHA256")]
    [InlineData("hmac-sha1")]
    public async Task Requests_are_signed_by_either_method(string method)
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command + " -SignatureMethod " + method, Rebind(Card1, Device1, NewDevice1));

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
    }
}
