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
        Assert.Contains(run.Warnings, w => w.Contains("Rows: 50. Succeeded: 0, failed: 50, unknown: 0. Journal:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_listener_the_outage_timeout_passes_once_and_no_row_is_tried_after_it()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions { Fleet = Fleet.Generate(50) });
        var rows = session.Rows();

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 32 -Endpoint http://127.0.0.1:1 -OutageTimeoutSec 2 -Verbose", rows);

        Assert.Equal(50, run.Output.Count);
        Assert.Equal("ConnectionFailed", run.Each("Code").First());
        Assert.InRange(run.Each("Code").Count(c => c == "NotSent"), 40, 49);
        Assert.All(run.Each("Outcome"), o => Assert.Equal("Failed", o));
        Assert.Contains(run.Verbose, v => v.StartsWith("The service cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verbose_reports_waits_and_retried_rows()
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions
        {
            Fleet = Fleet.Generate(2),
            Faults = FaultPlan.Script(FaultKind.ThrottlingUser, FaultKind.None) with { Hint = TimeSpan.FromSeconds(2) },
        });

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 1 -Verbose", session.Rows());

        Assert.All(run.Each("Outcome"), o => Assert.Equal("Succeeded", o));
        Assert.Contains(run.Verbose, v => v.StartsWith("Throttled: waiting ", StringComparison.Ordinal));
        Assert.Contains(run.Verbose, v => v.EndsWith(": 2 attempts.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(OutageKind.Reset)]
    [InlineData(OutageKind.Unavailable)]
    public async Task When_the_service_comes_back_every_row_succeeds_once(OutageKind kind)
    {
        await using var session = await ModuleSession.OpenAsync(new SandboxOptions
        {
            Fleet = Fleet.Generate(400),
            Outage = new Outage { Kind = kind, AfterExecuted = 150, Attempts = 34 },
        });

        var run = session.Run("$input | Remove-IotCardBinding -Confirm:$false -ThrottleLimit 32 -Verbose", session.Rows());

        Assert.All(run.Each("Outcome"), o => Assert.Equal("Succeeded", o));
        Assert.Equal(400, session.Sandbox.Log.Executed);
        Assert.True(session.Sandbox.Log.OutageRequests >= 34);
    }
}
