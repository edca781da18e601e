using System.Management.Automation;
using IotCard.Tests.Hosting;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

public sealed class RemoveIotCardBindingTests
{
    private const string Command = "$input | Remove-IotCardBinding";

    private static readonly PSObject[] ThreeRows = [Unbind(Card1, Device1), Unbind(Card2, Device2), Unbind(Card3, Device3)];

    [Fact]
    public async Task An_unbind_closes_the_account()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command + " -Confirm:$false", ThreeRows);

        Assert.Empty(run.Errors);
        Assert.Equal([Card1, Card2, Card3], run.Each("Iccid"));
        Assert.Equal([null, null, null], run.Each("Imei"));
        Assert.Equal([null, null, null], run.Each("NewImei"));
        Assert.Equal([Device1, Device2, Device3], run.Each("PreviousImei"));
        Assert.Equal(["Unbind", "Unbind", "Unbind"], run.Each("Operation"));
        Assert.True(session.Sandbox.Fleet.Find(Card1)!.Closed);
    }

    [Theory]
    [InlineData("Yes,Yes,Yes", "123")]
    [InlineData("Yes,No,Yes", "13")]
    [InlineData("No,No,No", "")]
    [InlineData("Yes to All", "123")]
    [InlineData("No,Yes to All", "23")]
    [InlineData("No to All", "")]
    [InlineData("Yes,No to All", "1")]
    public async Task Every_card_is_asked_about_before_anything_is_sent(string answers, string executed)
    {
        await using var session = await ModuleSession.OpenAsync(answers: answers.Split(','));
        var expected = executed.Select(c => new[] { Card1, Card2, Card3 }[c - '1']).ToArray();

        var run = session.Run(Command, ThreeRows);

        Assert.Equal(answers.Split(',').Length, session.Host.Prompts.Count);
        Assert.Contains($"ICCID {Card1} on device {Device1}", session.Host.Prompts[0], StringComparison.Ordinal);
        Assert.Contains("Unbind and close the card's account; this cannot be undone", session.Host.Prompts[0], StringComparison.Ordinal);
        Assert.Empty(run.Errors);
        Assert.Equal(expected, run.Each("Iccid"));
        Assert.Equal(expected.Order(StringComparer.Ordinal), session.Sandbox.Log.Operations.Select(e => e.Iccid).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Length, session.Sandbox.Log.Requests);
    }

    [Theory]
    [InlineData(Command + " -WhatIf")]
    [InlineData("$WhatIfPreference = $true; " + Command)]
    [InlineData("$WhatIfPreference = $true; " + Command + " -Confirm:$false")]
    public async Task WhatIf_sends_nothing_needs_no_key_and_finds_the_bad_rows(string script)
    {
        await using var session = await ModuleSession.OpenAsync(withKey: false);

        var run = session.Run(script, Unbind(Card1, Device1), Unbind("8.98604E+19", Device2), Unbind(Card3, Device3));

        Assert.Null(run.Terminated);
        Assert.Equal(0, session.Sandbox.Log.Requests);
        Assert.Equal("SpreadsheetNumber", Assert.Single(run.Each("Code")));
        Assert.Single(run.Errors);
    }

    [Fact]
    public async Task WhatIf_as_a_parameter_overrides_the_preference()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run("$WhatIfPreference = $true; " + Command + " -WhatIf:$false -Confirm:$false", ThreeRows);

        Assert.Equal(["Succeeded", "Succeeded", "Succeeded"], run.Each("Outcome"));
    }

    [Fact]
    public async Task A_card_that_is_not_bound_to_the_device_is_unchanged_and_the_others_continue()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Command + " -Confirm:$false", Unbind(Card1, Device1), Unbind(Card2, NewDevice2), Unbind(Card3, Device3));

        Assert.Equal(["Succeeded", "Failed", "Succeeded"], run.Each("Outcome"));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", run.Each("Code").ElementAt(1));
        Assert.Equal(NewDevice2, run.Each("Imei").ElementAt(1));
        Assert.Null(run.Each("PreviousImei").ElementAt(1));
        Assert.False(session.Sandbox.Fleet.Find(Card2)!.Closed);
    }

    [Fact]
    public async Task Under_ErrorAction_Stop_the_failing_rows_result_is_not_lost_and_nothing_more_is_sent()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(
            Command + " -Confirm:$false -ErrorAction Stop -ThrottleLimit 1", Unbind(Card1, Device1), Unbind(Card2, NewDevice2), Unbind(Card3, Device3));

        Assert.Equal(["OK", "isv.ERROR_BIND_NOT_EXIST", "NotSent"], run.Each("Code"));
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", run.TerminatingError.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(2, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task An_unbound_card_piped_in_again_is_refused_before_anything_is_sent()
    {
        await using var session = await ModuleSession.OpenAsync();

        var run = session.Run(Command + " -Confirm:$false | Remove-IotCardBinding -Confirm:$false", Unbind(Card1, Device1));

        Assert.Equal(["InvalidImei"], run.Each("Code"));
        Assert.Equal(1, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_swap_list_and_a_failed_rebinds_result_close_no_account_but_a_succeeded_rebinds_result_may()
    {
        await using var session = await ModuleSession.OpenAsync();
        session.SetVariable("rows", new[] { Rebind(Card1, Device1, NewDevice1), Rebind(Card2, NewDevice2, Device2) });

        var list = session.Run("$rows | Remove-IotCardBinding -Confirm:$false");
        var sent = session.Sandbox.Log.Requests;
        var results = session.Run("$rows | Set-IotCardBinding -ErrorAction SilentlyContinue | Remove-IotCardBinding -Confirm:$false");

        Assert.Equal(["RowIsARebind", "RowIsARebind"], list.Each("Code"));
        Assert.Equal(0, sent);
        Assert.Equal(["OK", "RowIsARebind"], results.Each("Code"));
    }
}
