using System.Management.Automation;
using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Tests.Commands;

public sealed class FleetTests
{
    private const string Unbinding = "$input | Remove-IotCardBinding -Confirm:$false";

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public async Task A_run_has_as_many_requests_in_flight_as_the_user_allows_and_writes_results_in_input_order(int limit)
    {
        const int Cards = 80;
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var session = await ModuleSession.OpenAsync(
            new SandboxOptions { Fleet = Fleet.Generate(Cards), Latency = TimeSpan.FromMilliseconds(5), Clock = clock });
        var rows = session.Rows();

        // Nothing is answered before as many requests wait as may be in flight: one at first, and fewer at the end.
        var run = await session.RunHeldAsync(
            clock,
            (inFlight, answered) => inFlight >= Math.Min(answered == 0 ? 1 : limit, Cards - answered),
            $"{Unbinding} -ThrottleLimit {limit} -TimeoutSec 600",
            rows);

        Assert.Empty(run.Errors);
        Assert.Equal(rows.Select(r => r.Properties["Iccid"].Value), run.Each("Iccid"));
        Assert.All(run.Each("Outcome"), o => Assert.Equal("Succeeded", o));
        Assert.Equal(limit, session.Sandbox.Log.PeakInFlight);
        Assert.Equal(Cards, session.Sandbox.Log.Executed);
    }

    [Fact]
    public async Task Rows_of_one_card_are_performed_in_input_order()
    {
        await using var session = await OpenAsync(1, TimeSpan.FromMilliseconds(2));
        var iccid = SyntheticNumbers.Iccid(0);
        var rows = Enumerable.Range(0, 20)
            .Select(i => Commands.Rows.Rebind(iccid, SyntheticNumbers.Imei(i), SyntheticNumbers.Imei(i + 1)))
            .ToArray<object>();

        var run = session.Run("$input | Set-IotCardBinding -ThrottleLimit 16", rows);

        Assert.Empty(run.Errors);
        Assert.Equal(SyntheticNumbers.Imei(20), session.Sandbox.Fleet.Find(iccid)!.Imei);
        Assert.Equal(1, session.Sandbox.Log.PeakInFlight);
    }

    [Theory]
    [InlineData("function First { process { $_; break } }; foreach ($once in 1) { $input | Remove-IotCardBinding | First }")]
    [InlineData("$seen = 0; $input | Remove-IotCardBinding | ForEach-Object { if (++$seen -eq 3) { $stop.Invoke() } }")]
    [InlineData("$seen = 0; $input | Remove-IotCardBinding | ForEach-Object { if (++$seen -eq 3) { $close.Invoke() } }")]
    [InlineData("$seen = 0; $input | Remove-IotCardBinding | ForEach-Object { if (++$seen -eq 3) { throw 'enough' } }")]
    public async Task However_a_pipeline_ends_early_nothing_more_is_sent(string ending)
    {
        await using var session = await OpenAsync(1000, TimeSpan.FromMilliseconds(10));
        session.SetVariable("stop", session.Stopper);
        session.SetVariable("close", session.Closer);

        session.Run($"$PSDefaultParameterValues += @{{ '*-IotCardBinding:Confirm' = $false; '*-IotCardBinding:ThrottleLimit' = 4 }}; {ending}", session.Rows());
        var sent = session.Sandbox.Log.Requests;
        await session.WaitUntilIdleAsync();

        // The service may not have read what was in flight.
        Assert.InRange(sent, 1, 999);
        Assert.InRange(session.Sandbox.Log.Requests, sent, sent + 4);
    }

    [Theory]
    [InlineData("$command = { Remove-IotCardBinding }.GetSteppablePipeline(); $command.Begin($true); $input | ForEach-Object { $command.Process($_) }; $command.Dispose()")]
    [InlineData("$input | ForEach-Object { $_; if (++$read -eq 900) { $stop.Invoke() } } | Remove-IotCardBinding")]
    [InlineData("$input | ForEach-Object { $_; if (++$read -eq 900) { throw 'enough' } } | Remove-IotCardBinding")]
    public async Task A_pipeline_that_ends_before_the_whole_list_was_read_sends_nothing(string ending)
    {
        await using var session = await OpenAsync(1000);
        session.SetVariable("stop", session.Stopper);

        session.Run($"$PSDefaultParameterValues += @{{ '*-IotCardBinding:Confirm' = $false }}; {ending}", session.Rows());

        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task Under_ErrorAction_Stop_the_results_of_other_rows_in_flight_are_not_lost()
    {
        await using var session = await OpenAsync(60, TimeSpan.FromMilliseconds(10));
        var rows = session.Rows();
        rows[5] = Commands.Rows.Unbind(SyntheticNumbers.Iccid(5), SyntheticNumbers.Imei(60));

        var run = session.Run($"{Unbinding} -ThrottleLimit 8 -ErrorAction Stop", rows);

        Assert.NotNull(run.Terminated);
        Assert.Equal(session.Sandbox.Log.Executed, run.Each("Outcome").Count(o => o == "Succeeded"));
        Assert.Equal(
            session.Sandbox.Log.Operations.Where(e => e.Succeeded).Select(e => e.Iccid).ToHashSet(StringComparer.Ordinal),
            run.Output.Where(o => o.Properties["Outcome"].Value.ToString() == "Succeeded").Select(o => (string)o.Properties["Iccid"].Value).ToHashSet(StringComparer.Ordinal));
        Assert.InRange(session.Sandbox.Log.Requests, 6, 30);
    }

    [Fact]
    public async Task Throttled_rows_wait_and_succeed()
    {
        await using var session = await OpenAsync(
            3, faults: FaultPlan.Script(FaultKind.ThrottlingUser, FaultKind.Throttling, FaultKind.ThrottlingApi) with { Hint = TimeSpan.FromMilliseconds(20) });

        var run = session.Run(Unbinding, session.Rows());

        Assert.Empty(run.Errors);
        Assert.Equal(3, session.Sandbox.Log.Executed);
        Assert.Equal(6, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_lost_response_ends_as_unknown_and_says_not_to_resend_it_blindly()
    {
        await using var session = await OpenAsync(2, faults: FaultPlan.Script(FaultKind.ResetAfter, FaultKind.None));

        var run = session.Run(Unbinding + " -ThrottleLimit 1", session.Rows());

        Assert.Equal(["Unknown", "Succeeded"], run.Each("Outcome"));
        Assert.Equal(["OutcomeUnknown", "OK"], run.Each("Code"));
        Assert.Equal(["2", "1"], run.Each("Attempts"));
        var error = Assert.Single(run.Errors);
        Assert.StartsWith("OutcomeUnknown,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category);
        Assert.Contains("Do not simply run this row again", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(1, session.Sandbox.Log.ExecutedFor(SyntheticNumbers.Iccid(0)));
    }

    [Fact]
    public async Task A_clock_that_is_hours_off_is_corrected_with_one_warning()
    {
        await using var session = await OpenAsync(10, faults: new FaultPlan { ClockSkew = TimeSpan.FromHours(3) });

        var run = session.Run(Unbinding + " -ThrottleLimit 1", session.Rows());

        Assert.Empty(run.Errors);
        Assert.Contains("by 180 minutes", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(11, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task A_run_shows_one_progress_bar_with_the_right_counts_and_completes_it()
    {
        await using var session = await OpenAsync(160, TimeSpan.FromMilliseconds(10));

        var run = session.Run(Unbinding + " -ThrottleLimit 4", session.Rows());

        Assert.NotEmpty(run.Progress);
        Assert.Single(run.Progress.Select(p => p.ActivityId).Distinct());
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
        // On a busy machine the first updates come before the last row was read, when the total is still unknown.
        var whileRowsCome = run.Progress.SkipLast(1).TakeWhile(static p => p.PercentComplete < 0).ToArray();
        Assert.All(whileRowsCome, p => Assert.Matches(@"^\d+ done, 0 failed, 0 unknown, \d+/s$", p.StatusDescription));
        var afterwards = run.Progress.SkipLast(1).Skip(whileRowsCome.Length);
        Assert.All(afterwards, p => Assert.Matches(@"^\d+ of 160 done, 0 failed, 0 unknown, \d+/s$", p.StatusDescription));
        Assert.All(afterwards, p => Assert.InRange(p.PercentComplete, 0, 100));
        Assert.True(run.Progress.Count <= (run.Elapsed.TotalSeconds * 4) + 2, $"{run.Progress.Count} bars in {run.Elapsed}");
    }

    [Fact]
    public async Task A_run_shows_no_progress_bar_if_none_is_wanted()
    {
        await using var session = await OpenAsync(160, TimeSpan.FromMilliseconds(10));

        var run = session.Run("$ProgressPreference = 'SilentlyContinue'; " + Unbinding + " -ThrottleLimit 4", session.Rows());

        Assert.Equal(160, run.Output.Count);
        Assert.Empty(run.Progress);
    }

    private static Task<ModuleSession> OpenAsync(int cards, TimeSpan latency = default, FaultPlan? faults = null) =>
        ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(cards), Latency = latency, Faults = faults ?? new FaultPlan() });
}
