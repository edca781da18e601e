namespace IotCard.Sandbox.Tests;

public sealed class SandboxServiceTests
{
    [Fact]
    public async Task It_listens_on_loopback_at_any_free_port()
    {
        await using var one = await Sandbox.StartAsync();
        await using var other = await Sandbox.StartAsync();

        Assert.Equal($"http://127.0.0.1:{one.Service.Endpoint.Port}/", one.Service.Endpoint.AbsoluteUri);
        Assert.NotEqual(one.Service.Endpoint.Port, other.Service.Endpoint.Port);
    }

    [Fact]
    public async Task A_port_in_use_is_an_IOException_and_a_stopped_one_is_free()
    {
        var first = await Sandbox.StartAsync();
        var options = new SandboxOptions { Port = first.Service.Endpoint.Port };

        await Assert.ThrowsAnyAsync<IOException>(() => Sandbox.StartAsync(options));
        await first.DisposeAsync();
        await first.Service.DisposeAsync();
        await using var second = await Sandbox.StartAsync(options);

        Assert.Equal(options.Port, second.Service.Endpoint.Port);
    }

    [Fact]
    public async Task A_bad_option_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Sandbox.StartAsync(new SandboxOptions { Port = 65536 }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Sandbox.StartAsync(new SandboxOptions { Latency = TimeSpan.FromSeconds(-1) }));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Sandbox.StartAsync(new SandboxOptions { AccessKeys = [new("a", "1"), new("a", "2")] }));
    }

    [Fact]
    public async Task The_output_of_the_sandbox_has_a_line_for_each_request_and_no_secret()
    {
        var key = new SandboxAccessKey("temporary", "the-secret") { SecurityToken = "the-token" };
        var output = new StringWriter();
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { AccessKeys = [key], Clock = Sandbox.FakeClock(), Output = output });
        var unbind = TestRequest.Unbind("89860018521874998319", "860456038157932") with
        {
            KeyId = key.Id, Secret = key.Secret, Token = key.SecurityToken, Time = Sandbox.Noon,
        };

        foreach (var method in Enum.GetValues<Method>())
            await sandbox.SendAsync(unbind with { Method = method, Nonce = method.ToString() });
        await sandbox.SendAsync(unbind with { Secret = "wrong", Method = Method.HmacSha1 });
        await sandbox.SendAsync(unbind.With("Iccid", "8986\r\n2026 forged line"));
        await sandbox.SendAsync(unbind with { Method = Method.HmacSha1, Action = "QueryCardStatus", Nonce = "n", Parameters = new Dictionary<string, string>(StringComparer.Ordinal) });

        Assert.Equal(
            """
            2026-03-14T12:00:00.000Z unBind 89860018521874998319 OK 200 0.0ms
            2026-03-14T12:00:00.000Z unBind 89860018521874998319 isv.ERROR_BIND_NOT_EXIST 404 0.0ms
            2026-03-14T12:00:00.000Z unBind 89860018521874998319 SignatureDoesNotMatch 400 0.0ms
            2026-03-14T12:00:00.000Z unBind 8986??2026?forged?line isv.IOT_RES_NOT_EXIST 400 0.0ms
            2026-03-14T12:00:00.000Z QueryCardStatus - isv.INVALID_PARAMETERS 400 0.0ms

            """,
            output.ToString(),
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void An_access_key_as_text_is_its_ID() =>
        Assert.Equal("id", new SandboxAccessKey("id", "secret") { SecurityToken = "token" }.ToString());

    [Fact]
    public async Task An_aborted_request_leaves_no_trace_in_flight()
    {
        var clock = new WatchedClock(waitsFor: 1);
        await using var sandbox = await Sandbox.StartAsync(new SandboxOptions { Clock = clock, Latency = TimeSpan.FromDays(1) });
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var message = (TestRequest.Unbind("89860018521874998319", "860456038157932") with { Time = Sandbox.Noon }).Build(sandbox.Service.Endpoint);

        var lost = http.SendAsync(message, giveUp.Token);
        await clock.Waiting;
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lost);
        while (sandbox.Log.InFlight > 0)
            await Task.Yield();

        Assert.Equal(1, sandbox.Log.Executed);
    }
}
