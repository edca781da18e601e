using System.Net;
using System.Net.Sockets;

namespace IotCard.Sandbox.Tests.Faults;

/// <summary>Periods in which no request reaches the service.</summary>
public sealed class OutageTests
{
    private const int Cards = 200;

    private static TestRequest Unbind(int n) => TestRequest.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n)) with { Nonce = $"n{n}", Time = Sandbox.Noon };

    private static Task<Sandbox> StartAsync(Outage? outage = null, TimeProvider? clock = null) =>
        Sandbox.StartAsync(new SandboxOptions { Fleet = Fleet.Generate(Cards), Clock = clock ?? Sandbox.FakeClock(), Outage = outage });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_an_outage_lasts_every_request_is_reset()
    {
        await using var sandbox = await StartAsync(new Outage { Kind = OutageKind.Reset });

        Assert.True(sandbox.Service.IsOut);
        Assert.Equal(("", true), await RawConnection.ExchangeAsync(sandbox, Unbind(0)));
        Assert.Equal(("", true), await RawConnection.ExchangeAsync(sandbox, Unbind(1)));
        Assert.Equal((2, 2, 0, 0), (sandbox.Log.Requests, sandbox.Log.OutageRequests, sandbox.Log.Processed, sandbox.Log.InFlight));

        await sandbox.Service.SetOutageAsync(null);
        Assert.False(sandbox.Service.IsOut);
        Assert.Equal("OK", (await sandbox.SendAsync(Unbind(0))).Code);
    }

    [Fact]
    public async Task While_an_outage_lasts_every_request_is_answered_503()
    {
        await using var sandbox = await StartAsync();
        await sandbox.Service.SetOutageAsync(new Outage { Kind = OutageKind.Unavailable, Attempts = 3 });

        for (var i = 0; i < 3; i++)
        {
            var response = await sandbox.SendAsync(Unbind(0));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServiceUnavailable"), (response.Status, response.Code));
        }

        Assert.False(sandbox.Service.IsOut);
        Assert.Null(sandbox.Service.Outage);
        Assert.Equal("OK", (await sandbox.SendAsync(Unbind(0))).Code);
        Assert.Equal((3, 1), (sandbox.Log.OutageRequests, sandbox.Log.Processed));
    }

    [Fact]
    public async Task It_lasts_for_its_duration_by_the_clock()
    {
        var clock = Sandbox.FakeClock();
        await using var sandbox = await StartAsync(new Outage { Kind = OutageKind.Unavailable, Duration = TimeSpan.FromSeconds(30) }, clock);
        var end = sandbox.Service.WaitForOutageEndAsync(Cancellation);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("ServiceUnavailable", (await sandbox.SendAsync(Unbind(0))).Code);
        Assert.False(end.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("OK", (await sandbox.SendAsync(Unbind(0))).Code);
        await end;
    }

    [Theory]
    [InlineData(OutageKind.Reset)]
    [InlineData(OutageKind.Unavailable)]
    [InlineData(OutageKind.Refuse)]
    public async Task It_begins_after_an_exact_number_of_operations_however_many_are_in_flight(OutageKind kind)
    {
        const int before = 77;
        await using var sandbox = await StartAsync(new Outage { Kind = kind, AfterExecuted = before });

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Cards),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = Cancellation },
            async (n, _) => await RawConnection.TryExchangeAsync(sandbox, Unbind(n)));
        await sandbox.Service.WaitForOutageStartAsync(Cancellation);

        Assert.True(sandbox.Service.IsOut);
        Assert.Equal((before, before), (sandbox.Log.Executed, sandbox.Log.Processed));
        await sandbox.Service.SetOutageAsync(null);
        foreach (var n in Enumerable.Range(0, Cards))
        {
            await sandbox.SendAsync(Unbind(n));
        }

        Assert.Equal(Cards, sandbox.Log.Executed);
        Assert.All(sandbox.Log.ExecutedByOperation().Values, count => Assert.Equal(1, count));
    }

    [Theory]
    [InlineData(OutageKind.Reset)]
    [InlineData(OutageKind.Refuse)]
    public async Task Nothing_is_executed_once_it_is_set_under_load(OutageKind kind)
    {
        await using var sandbox = await StartAsync();
        var sending = Parallel.ForEachAsync(
            Enumerable.Range(0, Cards),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancellation },
            async (n, _) => await RawConnection.TryExchangeAsync(sandbox, Unbind(n)));
        while (sandbox.Log.Executed < 20)
        {
            await Task.Yield();
        }

        await sandbox.Service.SetOutageAsync(new Outage { Kind = kind });
        var executed = sandbox.Log.Executed;
        await sending;

        Assert.Equal(executed, sandbox.Log.Executed);
        Assert.True(sandbox.Service.IsOut);
    }

    [Fact]
    public async Task Only_executed_operations_count_before_it_begins()
    {
        await using var sandbox = await StartAsync(new Outage { Kind = OutageKind.Unavailable, AfterExecuted = 1 });

        Assert.Equal("isv.ERROR_BIND_NOT_EXIST", (await sandbox.SendAsync(TestRequest.Unbind(SyntheticNumbers.Iccid(1), SyntheticNumbers.Imei(2)) with { Time = Sandbox.Noon })).Code);
        Assert.Equal("SignatureDoesNotMatch", (await sandbox.SendAsync(Unbind(1) with { Secret = "wrong" })).Code);
        sandbox.Log.Reset();
        Assert.False(sandbox.Service.IsOut);
        Assert.Equal("OK", (await sandbox.SendAsync(Unbind(1))).Code);
        Assert.True(sandbox.Service.IsOut);
        Assert.Equal("ServiceUnavailable", (await sandbox.SendAsync(Unbind(2))).Code);
    }

    [Fact]
    public async Task Connections_are_refused_and_then_accepted_at_the_same_port()
    {
        await using var sandbox = await StartAsync();
        using var kept = await RawConnection.OpenAsync(sandbox);
        await kept.SendAsync(sandbox, Unbind(0));
        await kept.ReadResponseAsync();
        var port = sandbox.Service.Endpoint.Port;

        for (var round = 1; round <= 3; round++)
        {
            await sandbox.Service.SetOutageAsync(new Outage { Kind = OutageKind.Refuse });
            var refused = await Assert.ThrowsAsync<SocketException>(() => RawConnection.OpenAsync(sandbox));
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            Assert.Equal("", (await kept.ReadToEndAsync()).Text);

            await sandbox.Service.SetOutageAsync(null);
            Assert.Equal(port, sandbox.Service.Endpoint.Port);
            Assert.Equal("OK", (await sandbox.SendAsync(Unbind(round))).Code);
        }

        Assert.Equal(4, sandbox.Log.Executed);
    }

    [Fact]
    public async Task Refusing_ends_by_the_clock()
    {
        var clock = new WatchedClock(waitsFor: 1);
        await using var sandbox = await StartAsync(clock: clock);

        await sandbox.Service.SetOutageAsync(new Outage { Kind = OutageKind.Refuse, Duration = TimeSpan.FromSeconds(30) });
        var end = sandbox.Service.WaitForOutageEndAsync(Cancellation);
        await clock.Waiting;
        clock.Advance(TimeSpan.FromSeconds(29));
        await Assert.ThrowsAsync<SocketException>(() => RawConnection.OpenAsync(sandbox));
        clock.Advance(TimeSpan.FromSeconds(1));
        await end;

        Assert.Equal("OK", (await sandbox.SendAsync(Unbind(0))).Code);
    }

    [Fact]
    public async Task A_refusing_sandbox_can_be_disposed()
    {
        var sandbox = await StartAsync(new Outage { Kind = OutageKind.Refuse });

        await sandbox.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1), Cancellation);

        await using var next = await Sandbox.StartAsync(new SandboxOptions { Port = sandbox.Service.Endpoint.Port });
        Assert.Equal(sandbox.Service.Endpoint, next.Service.Endpoint);
    }

    [Fact]
    public async Task It_does_not_consume_a_script()
    {
        await using var sandbox = await StartAsync(new Outage { Kind = OutageKind.Unavailable, Attempts = 1 });
        sandbox.Service.Faults = FaultPlan.Script(FaultKind.OkButNotDone);

        Assert.Equal("ServiceUnavailable", (await sandbox.SendAsync(Unbind(0))).Code);
        Assert.False((await sandbox.SendAsync(Unbind(0))).IsModSuccess);
    }

    [Fact]
    public async Task The_output_names_it()
    {
        var output = new StringWriter();
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Clock = Sandbox.FakeClock(), Output = output, Outage = new Outage { Kind = OutageKind.Unavailable } });

        await sandbox.SendAsync(Unbind(0));

        Assert.EndsWith(" ServiceUnavailable 503 0.0ms Outage", output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Outage> Contradictions => new()
    {
        { "AfterExecuted is negative.", new Outage { Kind = OutageKind.Reset, AfterExecuted = -1 } },
        { "Duration is not positive.", new Outage { Kind = OutageKind.Reset, Duration = TimeSpan.Zero } },
        { "Attempts is less than 1.", new Outage { Kind = OutageKind.Reset, Attempts = 0 } },
        { "Refuse takes no Attempts", new Outage { Kind = OutageKind.Refuse, Attempts = 1 } },
        { "Kind is none of Reset, Unavailable, Refuse.", new Outage { Kind = (OutageKind)9 } },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task A_contradictory_one_is_refused(string message, Outage outage)
    {
        await using var sandbox = await Sandbox.StartAsync();

        Assert.StartsWith(message, (await Assert.ThrowsAsync<ArgumentException>(() => sandbox.Service.SetOutageAsync(outage))).Message, StringComparison.Ordinal);
        Assert.StartsWith(message, (await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(outage))).Message, StringComparison.Ordinal);
    }
}
