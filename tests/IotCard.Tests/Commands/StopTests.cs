using IotCard.Sandbox;
using IotCard.Tests.Hosting;
using Microsoft.Extensions.Time.Testing;
using static IotCard.Tests.Commands.Rows;

namespace IotCard.Tests.Commands;

/// <summary>Runs that end early: none hangs, and every row that was added has its result or its record.</summary>
public sealed class StopTests
{
    private const string Unbinding = "$rows | Remove-IotCardBinding -Confirm:$false";

    [Fact]
    public async Task ErrorAction_Stop_with_a_bad_row_among_good_ones_ends_and_shows_that_row()
    {
        await using var session = await OpenAsync(20);
        var rows = session.Rows();
        rows[10] = Unbind(SyntheticNumbers.Iccid(10), "123");
        session.SetVariable("rows", rows);

        var run = session.Run(Unbinding + " -ErrorAction Stop");

        AssertEveryRowHasItsResult(session, run);
        Assert.Equal("InvalidImei", Code(run));
        Assert.Equal(["InvalidImei", "NotSent"], run.Each("Code").Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(0, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task ErrorAction_Stop_with_a_throttled_row_before_the_failing_one_ends_and_shows_the_failing_one()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions
        {
            Fleet = Fleet.Generate(20),
            Latency = TimeSpan.FromMilliseconds(5),
            Clock = clock,
            Faults = new FaultPlan { Hints = [ThrottlingHint.RetryAfter], Hint = TimeSpan.FromMinutes(4) }.ForCard(SyntheticNumbers.Iccid(7), FaultKind.ThrottlingUser),
        });
        var rows = session.Rows();
        rows[9] = Unbind(SyntheticNumbers.Iccid(9), SyntheticNumbers.Imei(20));
        session.SetVariable("rows", rows);

        // Once throttled, the run pauses, so the failing row must be in flight by then: first one row is answered, whichever
        // it is, then the next five, and then five that include both.
        var run = await session.RunHeldAsync(
            clock,
            (inFlight, answered) => answered switch { 0 => inFlight == 1, 1 or 6 => inFlight == 5, > 6 => true, _ => false },
            Unbinding + " -ErrorAction Stop -ThrottleLimit 5 -TimeoutSec 600");

        AssertEveryRowHasItsResult(session, run);
        Assert.Contains(Code(run), new[] { "isv.ERROR_BIND_NOT_EXIST", "NotSent", "Throttling.User" });
        Assert.Equal(session.Sandbox.Log.Executed, run.Each("Outcome").Count(o => o == "Succeeded"));
    }

    [Fact]
    public async Task ErrorAction_Stop_with_two_rows_of_one_card_before_the_failing_one_ends_and_shows_the_failing_one()
    {
        await using var session = await OpenAsync(20);
        var rows = session.Rows();
        rows[3] = Unbind(SyntheticNumbers.Iccid(2), SyntheticNumbers.Imei(2));
        session.SetVariable("rows", rows);

        var run = session.Run(Unbinding + " -ErrorAction Stop -ThrottleLimit 3 -SkipListCheck");

        AssertEveryRowHasItsResult(session, run);
        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", Code(run));
    }

    private static string Code(Streams run) => run.TerminatingError.FullyQualifiedErrorId.Split(',')[0];

    private static void AssertEveryRowHasItsResult(ModuleSession session, Streams run)
    {
        Assert.Equal(Enumerable.Range(1, 20).Select(static i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), run.Each("Row"));
        Assert.Equal(session.Sandbox.Log.Executed, run.Each("Outcome").Count(static o => o == "Succeeded"));
    }

    private static Task<ModuleSession> OpenAsync(int cards, FaultPlan? faults = null) =>
        ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(cards), Faults = faults ?? new FaultPlan() });
}
