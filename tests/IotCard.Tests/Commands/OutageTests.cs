using IotCard.Sandbox;
using IotCard.Tests.Hosting;

namespace IotCard.Tests.Commands;

/// <summary>An unreachable service costs time, but no outcome.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task A_wrong_key_costs_one_request()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(50) }, withKey: false);
        session.SetVariable("Key", ModuleSession.Credential("sandbox-id", "wrong"));

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 32 -Credential $Key", session.Rows());

        Assert.Equal(1, session.Sandbox.Log.Requests);
        // Any of the requests in flight may be the first one.
        Assert.Equal([.. Enumerable.Repeat("NotSent", 49), "SignatureDoesNotMatch"], run.Each("Code").Order(StringComparer.Ordinal));
        Assert.All(run.Each("Message"), m => Assert.Contains("AccessKey secret is wrong", m, StringComparison.Ordinal));
        Assert.Contains(run.Warnings, w => w.StartsWith("Rows: 50. Succeeded: 0, failed: 50, unknown: 0. Sent by this run: 1, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_listener_the_outage_timeout_passes_once_and_no_row_is_tried_after_it()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(50) });
        var rows = session.Rows();

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 32 -Endpoint http://127.0.0.1:1 -OutageTimeoutSec 1", rows);

        Assert.Equal(50, run.Output.Count);
        // Any of the rows may be the one that tries.
        Assert.Contains("ConnectionFailed", run.Each("Code"));
        Assert.InRange(run.Each("Code").Count(c => c == "NotSent"), 40, 49);
        Assert.All(run.Each("Outcome"), o => Assert.Equal("Failed", o));
    }

    [Fact]
    public async Task Verbose_reports_a_wait_while_it_lasts()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions
        {
            Fleet = Fleet.Generate(2),
            Faults = FaultPlan.Script(FaultKind.ThrottlingUser) with { Hint = TimeSpan.FromMinutes(4) },
        });

        var run = session.Run(
            "foreach ($once in 1) { $input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 1 -Verbose 4>&1 | ForEach-Object { if ($_ -like 'Throttled: waiting *') { $_; break } } }",
            session.Rows());

        Assert.Single(run.Output);
        Assert.Equal(1, session.Sandbox.Log.Requests);
    }

    [Fact]
    public async Task Verbose_reports_how_many_attempts_a_retried_row_took()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions
        {
            Fleet = Fleet.Generate(1),
            Faults = FaultPlan.Script(FaultKind.ThrottlingUser) with { Hint = TimeSpan.FromMilliseconds(20) },
        });

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -Verbose", session.Rows());

        Assert.Equal(["Succeeded"], run.Each("Outcome"));
        Assert.Contains(run.Verbose, v => v.EndsWith(": 2 attempts.", StringComparison.Ordinal));
    }
}
