namespace IotCard.Sandbox.Tests;

public sealed class LatencyTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";

    private static readonly TestRequest Unbind = TestRequest.Unbind(Iccid, Imei) with { Time = Sandbox.Noon };

    [Fact]
    public async Task A_response_is_held_back_after_the_operation_was_executed()
    {
        var clock = new WatchedClock(waitsFor: 3);
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Clock = clock, Latency = TimeSpan.FromSeconds(30) });

        var responses = Enumerable.Range(0, 3).Select(_ => sandbox.SendAsync(Unbind with { Nonce = Guid.NewGuid().ToString() })).ToArray();
        await clock.Waiting;

        Assert.Equal((3, 3), (sandbox.Log.InFlight, sandbox.Log.PeakInFlight));
        Assert.Equal(3, sandbox.Log.Processed);
        Assert.True(sandbox.Fleet.Find(Iccid)!.Closed);
        Assert.DoesNotContain(responses, response => response.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Single(await Task.WhenAll(responses), response => response.Code is "OK");
        Assert.Equal(0, sandbox.Log.InFlight);
    }

    [Fact]
    public async Task A_sandbox_that_stops_does_not_wait_for_delayed_responses()
    {
        var clock = new WatchedClock(waitsFor: 1);
        var sandbox = await Sandbox.StartAsync(new SandboxOptions { Clock = clock, Latency = TimeSpan.FromDays(1) });

        var response = sandbox.SendAsync(Unbind);
        await clock.Waiting;
        await sandbox.Service.DisposeAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => response);
        Assert.Equal(0, sandbox.Log.InFlight);
        await sandbox.DisposeAsync();
    }
}
