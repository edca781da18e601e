using IotCard.Client.Rules;
using IotCard.Client.Sending;
using Microsoft.Extensions.Time.Testing;

namespace IotCard.Client.Tests.Sending;

/// <summary>Who may send when: the limit in flight, the order of those that wait, and an outage.</summary>
public sealed class CircuitTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ServiceCircuit _circuit;

    public CircuitTests() => _circuit = new ServiceCircuit(_clock, width: 2, TimeSpan.FromSeconds(60));

    public void Dispose() => _circuit.Dispose();

    [Fact]
    public void One_request_until_the_first_response_then_as_many_as_allowed()
    {
        var entered = Enumerable.Range(0, 4).Select(_ => Enter()).ToList();
        Assert.Equal([true, false, false, false], Admitted(entered));

        _circuit.Exit(Answered());
        Assert.Equal([true, true, true, false], Admitted(entered));

        var late = Enter();
        _circuit.Exit(Answered());
        Assert.Equal([true, true, true, true], Admitted(entered));
        Assert.False(late.IsCompleted);
    }

    [Fact]
    public void An_attempt_that_was_given_up_says_nothing_about_the_service_but_frees_its_place()
    {
        var entered = Enumerable.Range(0, 3).Select(_ => Enter()).ToList();

        _circuit.Exit(result: null);

        Assert.Equal([true, true, false], Admitted(entered));
        Assert.False(_circuit.IsClosed);
    }

    [Fact]
    public async Task Who_stops_waiting_takes_no_place()
    {
        using var stop = new CancellationTokenSource();
        _ = Enter();
        var stopped = _circuit.EnterAsync(isInDoubt: false, stop.Token).AsTask();
        var next = Enter();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
        _circuit.Exit(result: null);

        Assert.True(next.IsCompletedSuccessfully);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _circuit.EnterAsync(isInDoubt: false, stop.Token));
    }

    [Fact]
    public void In_doubt_operations_go_first_and_the_others_wait_for_them_until_the_service_responds()
    {
        _ = Enter();
        var other = Enter();
        _circuit.BeginInDoubt();
        _circuit.Exit(Lost());
        var inDoubt = Enter(isInDoubt: true);

        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(inDoubt.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(inDoubt.IsCompletedSuccessfully);
        Assert.False(other.IsCompleted);

        _circuit.Exit(Lost());
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(other.IsCompleted);
        _circuit.EndInDoubt();
        Assert.True(other.IsCompletedSuccessfully);
    }

    [Fact]
    public void While_the_service_responds_new_operations_need_not_wait_for_an_in_doubt_one()
    {
        _ = Enter();
        _circuit.Exit(Answered());
        _circuit.BeginInDoubt();

        Assert.True(Enter().IsCompletedSuccessfully);
        Assert.True(Enter(isInDoubt: true).IsCompletedSuccessfully);
        var other = Enter();
        var inDoubt = Enter(isInDoubt: true);
        _circuit.Exit(Answered());

        Assert.True(inDoubt.IsCompletedSuccessfully);
        Assert.False(other.IsCompleted);
    }

    /// <summary>A timer counts whole milliseconds, so that the time to try may have come before the one that waits is admitted.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_comes_later_overtakes_nobody(bool isInDoubt)
    {
        _ = Enter();
        _circuit.Exit(Lost());
        _clock.Advance(TimeSpan.FromMilliseconds(0.3));
        var first = Enter(isInDoubt);
        _clock.Advance(TimeSpan.FromMilliseconds(499.8));

        var second = Enter(isInDoubt);

        Assert.False(second.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal([true, false], Admitted([first, second]));
    }

    [Fact]
    public void A_new_operation_waits_also_when_an_in_doubt_one_is_only_about_to_be_resent()
    {
        _ = Enter();
        _circuit.BeginInDoubt();
        _circuit.Exit(Lost());
        _clock.Advance(TimeSpan.FromSeconds(10));

        Assert.False(Enter().IsCompleted);
        Assert.True(Enter(isInDoubt: true).IsCompletedSuccessfully);
    }

    [Fact]
    public void The_attempt_that_fails_after_the_outage_timeout_ends_the_run()
    {
        Respond();
        Lose(seconds: 0);
        Lose(seconds: 0);
        Lose(seconds: 60);
        Assert.Null(_circuit.AbortReason);

        Lose(seconds: 0);

        Assert.Equal("ConnectionLost", _circuit.AbortReason);
    }

    [Fact]
    public async Task The_end_of_the_run_releases_everyone_for_the_first_reason_given()
    {
        _ = Enter();
        var (other, inDoubt) = (Enter(), Enter(isInDoubt: true));

        _circuit.Abort("first");
        _circuit.Abort("second");

        Assert.Equal((false, false, false), (await other, await inDoubt, await Enter()));
        Assert.Equal("first", _circuit.AbortReason);
    }

    [Fact]
    public void Requests_that_are_lost_together_are_one_failure_so_the_first_probe_follows_soon()
    {
        using var wide = new ServiceCircuit(_clock, width: 8, TimeSpan.FromSeconds(60));
        wide.Close();
        var together = Enumerable.Range(0, 8).Select(_ => wide.EnterAsync(isInDoubt: false, CancellationToken.None).AsTask()).ToList();
        Assert.All(together, static entered => Assert.True(entered.IsCompletedSuccessfully));
        foreach (var _ in together)
        {
            wide.Exit(Lost());
        }

        var probe = wide.EnterAsync(isInDoubt: false, CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(probe.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(probe.IsCompletedSuccessfully);
    }

    [Fact]
    public void A_refusal_of_every_request_keeps_the_first_reason_too()
    {
        _circuit.Abort("first");

        _circuit.Exit(new AttemptResult { Status = AttemptStatus.Fatal, Code = "NoPermission" });

        Assert.Equal("first", _circuit.AbortReason);
    }

    [Fact]
    public void An_outage_begins_with_the_third_attempt_in_a_row_without_a_response_and_counts_from_the_first()
    {
        Respond();
        Lose(seconds: 1);
        Lose(seconds: 1);
        Respond();
        Lose(seconds: 2);
        Lose(seconds: 3);
        Assert.True(_circuit.IsClosed);
        Assert.Null(_circuit.Outage);

        Lose(seconds: 0);

        Assert.False(_circuit.IsClosed);
        Assert.Equal(new Client.Sending.Outage("ConnectionLost", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(60)), _circuit.Outage);
        Respond(after: 5);
        Assert.Null(_circuit.Outage);
    }

    [Theory]
    [InlineData(AttemptCode.TlsFailed)]
    [InlineData(AttemptCode.ProxyFailed)]
    public void A_handshake_or_proxy_that_fails_again_and_again_is_an_outage_too(string code)
    {
        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            Assert.True(Enter().IsCompletedSuccessfully);
            _circuit.Exit(new AttemptResult { Status = AttemptStatus.NotConnected, Code = code });
        }

        Assert.Equal(code, _circuit.Outage?.Code);
        _ = Enter();
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(code, _circuit.AbortReason);
    }

    [Fact]
    public void After_an_outage_the_pauses_begin_anew()
    {
        for (var outage = 0; outage < 2; outage++)
        {
            Respond(after: 5);
            Lose(seconds: 0);
            Lose(seconds: 0);
            Lose(seconds: 0);
            var next = Enter();

            _clock.Advance(TimeSpan.FromMilliseconds(499));
            Assert.False(next.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(next.IsCompletedSuccessfully);
            _circuit.Exit(Lost());
            next = Enter();
            _clock.Advance(TimeSpan.FromMilliseconds(999));
            Assert.False(next.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.True(next.IsCompletedSuccessfully);
            _circuit.Exit(Lost());
        }
    }

    [Fact]
    public async Task An_outage_ends_the_run_exactly_at_its_timeout_though_nobody_may_send()
    {
        Respond();
        Lose(seconds: 0);
        Lose(seconds: 0);
        _circuit.BeginInDoubt();
        Lose(seconds: 0);
        var waiting = Enter();

        _clock.Advance(TimeSpan.FromMilliseconds(59_999));
        Assert.False(waiting.IsCompleted);
        Assert.NotNull(_circuit.Outage);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(await waiting);
        Assert.Equal("ConnectionLost", _circuit.AbortReason);
        Assert.Null(_circuit.Outage);
    }

    [Fact]
    public void During_an_outage_one_request_at_a_time_is_sent()
    {
        Respond();
        Lose(seconds: 0);
        Lose(seconds: 0);
        Lose(seconds: 0);
        var waiting = Enumerable.Range(0, 3).Select(_ => Enter()).ToList();

        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal([true, false, false], Admitted(waiting));
        _circuit.Exit(Answered());
        Assert.Equal([true, true, true], Admitted(waiting));
    }

    [Fact]
    public void Without_an_outage_timeout_nobody_waits_for_the_service()
    {
        using var circuit = new ServiceCircuit(_clock, width: 2, TimeSpan.Zero);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(circuit.EnterAsync(isInDoubt: false, CancellationToken.None).AsTask().IsCompletedSuccessfully);
            circuit.Exit(Lost());
        }

        Assert.Null(circuit.AbortReason);
        Assert.Null(circuit.Outage);
    }

    [Fact]
    public void Once_disposed_nothing_is_admitted_any_more()
    {
        _ = Enter();
        _circuit.Exit(Lost());
        var waiting = Enter();

        _circuit.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(30));

        Assert.False(waiting.IsCompleted);
    }

    private static AttemptResult Answered() =>
        new() { Status = AttemptStatus.Answered, Code = "OK", Response = new ServiceResponse { HttpStatus = 200, Code = "OK" } };

    private static AttemptResult Lost() => new() { Status = AttemptStatus.Lost, Code = AttemptCode.ConnectionLost };

    private static IEnumerable<bool> Admitted(List<Task<bool>> entered) => entered.Select(static e => e.IsCompletedSuccessfully && e.Result);

    private Task<bool> Enter(bool isInDoubt = false) => _circuit.EnterAsync(isInDoubt, CancellationToken.None).AsTask();

    private void Respond(double after = 0)
    {
        _clock.Advance(TimeSpan.FromSeconds(after));
        Assert.True(Enter().IsCompletedSuccessfully);
        _circuit.Exit(Answered());
    }

    private void Lose(double seconds)
    {
        Assert.True(Enter().IsCompletedSuccessfully);
        _circuit.Exit(Lost());
        _clock.Advance(TimeSpan.FromSeconds(seconds));
    }
}
