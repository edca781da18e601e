namespace IotCard.Sandbox.Tests;

public sealed class ServiceLogTests
{
    private const string Iccid = "89860018521874998319";
    private const string Imei = "860456038157932";
    private const string NewImei = "863588024298614";

    [Fact]
    public async Task It_says_what_was_decided_in_order()
    {
        var clock = Sandbox.FakeClock();
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Clock = clock });

        var first = await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei) with { Nonce = "n1", Time = Sandbox.Noon });
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = await sandbox.SendAsync(TestRequest.Unbind(Iccid, Imei) with { Nonce = "n2", Time = Sandbox.Noon });
        await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei) with { Secret = "wrong", Time = Sandbox.Noon });

        Assert.Equal(3, sandbox.Log.Requests);
        Assert.Equal((2, 1), (sandbox.Log.Processed, sandbox.Log.Executed));
        Assert.Collection(
            sandbox.Log.Operations,
            execution =>
            {
                Assert.Equal((1, Iccid, CardOperation.Rebind, Imei, NewImei), (execution.Sequence, execution.Iccid, execution.Operation, execution.Imei, execution.NewImei));
                Assert.Equal(("n1", Sandbox.Noon, "OK", true), (execution.Nonce, execution.Time, execution.Code, execution.Succeeded));
                Assert.Equal(first.Json.GetProperty("RequestId").GetString(), execution.RequestId);
            },
            execution =>
            {
                Assert.Equal((2, CardOperation.Unbind, Imei, null), (execution.Sequence, execution.Operation, execution.Imei, execution.NewImei));
                Assert.Equal(("n2", Sandbox.Noon.AddSeconds(1), "isv.ERROR_BIND_NOT_EXIST", false), (execution.Nonce, execution.Time, execution.Code, execution.Succeeded));
                Assert.Equal(second.Json.GetProperty("RequestId").GetString(), execution.RequestId);
            });
        Assert.Equal(
            new Dictionary<string, long>(StringComparer.Ordinal) { ["OK"] = 1, ["isv.ERROR_BIND_NOT_EXIST"] = 1, ["SignatureDoesNotMatch"] = 1 },
            sandbox.Log.Responses);
    }

    [Fact]
    public void It_keeps_every_execution_of_a_long_run()
    {
        const int count = 10_000;
        var log = new ServiceLog(countsOnly: false);

        Parallel.For(0, count, i => log.Record(new ProcessedOperation
        {
            Sequence = 0,
            Iccid = SyntheticNumbers.Iccid(i),
            Operation = CardOperation.Unbind,
            Imei = SyntheticNumbers.Imei(i),
            NewImei = null,
            Nonce = "n",
            Time = Sandbox.Noon,
            Code = "OK",
        }));

        var executions = log.Operations;
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), executions.Select(execution => execution.Sequence));
        Assert.Equal(count, executions.Select(execution => execution.Iccid).Distinct(StringComparer.Ordinal).Count());
        Assert.All(log.ExecutedByCard().Values, executed => Assert.Equal(1, executed));
        Assert.Equal((count, count), (log.ExecutedByCard().Count, log.Executed));
    }

    [Fact]
    public async Task It_may_keep_counts_only()
    {
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { CountsOnly = true });

        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, NewImei, Imei));

        Assert.Empty(sandbox.Log.Operations);
        Assert.Equal((2, 2, 2), (sandbox.Log.Processed, sandbox.Log.Executed, sandbox.Log.ExecutedFor(Iccid)));
    }

    [Fact]
    public async Task It_can_be_reset()
    {
        await using var sandbox = await Sandbox.StartAsync();
        await sandbox.SendAsync(TestRequest.Rebind(Iccid, Imei, NewImei));

        sandbox.Log.Reset();

        Assert.Empty(sandbox.Log.Operations);
        Assert.Empty(sandbox.Log.Responses);
        Assert.Equal((0, 0, 0, 0), (sandbox.Log.Requests, sandbox.Log.Processed, sandbox.Log.ExecutedFor(Iccid), sandbox.Log.PeakInFlight));
        await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei));
        Assert.Equal(1, Assert.Single(sandbox.Log.Operations).Sequence);
    }

    [Fact]
    public async Task One_client_at_a_time_is_never_more_than_one_in_flight()
    {
        await using var sandbox = await Sandbox.StartAsync();

        for (var i = 0; i < 200; i++)
            await sandbox.SendAsync(TestRequest.Unbind(Iccid, NewImei));

        Assert.Equal((1, 0), (sandbox.Log.PeakInFlight, sandbox.Log.InFlight));
    }
}
