using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Rules;
using IotCard.Client.Running;
using IotCard.Client.Signing;

namespace IotCard.Client.Tests.Running;

/// <summary>How a run and its rows end under unusual conditions: always, and with the right result.</summary>
public sealed class RunEndTests
{
    private const string Done = """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""";

    private static readonly RecordedIntent Interrupted = new("n1", DateTimeOffset.UtcNow, "0123456789abcdef");

    [Fact]
    public async Task A_slow_row_is_overtaken_by_no_more_rows_than_the_window_has()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 2, Window = 40 });
        var added = 0;
        while (!service.Run.IsFull)
        {
            service.Run.Add(Row(added++));
        }

        for (var i = 1; i < 40; i++)
        {
            await service.WaitUntilArrivedAsync(i + 1);
            service.Respond(Row(i), Done);
        }

        Assert.Equal(40, added);
        Assert.True(service.Run.IsFull);
        Assert.False(service.Run.TryDequeue(out _));
        service.Respond(Row(0), Done);
        var results = await service.TakeAsync(40);

        Assert.Equal(Enumerable.Range(0, 40).Select(Row), results.Select(r => r.Outcome!.Row));
        Assert.False(service.Run.IsFull);
        Assert.Equal(new RunCounts(40, 40, 0, 0, 0), service.Run.Counts);
    }

    /// <summary>Such as an assembly that cannot be loaded: nothing left, so the row is not in doubt.</summary>
    [Theory]
    [InlineData(typeof(FileLoadException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task What_fails_before_a_request_leaves_is_a_failure_with_its_exception_and_the_run_continues(Type exception)
    {
        var credentials = new FailingOnce((Exception)Activator.CreateInstance(exception, "unforeseen")!);
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 }, credentials);
        service.Run.Add(Row(0));
        service.Run.Add(Row(1));
        var later = BindingRow.Unbind(Row(0).Iccid, Row(2).Imei);
        service.Run.Add(later);

        await service.WaitUntilArrivedAsync(1);
        service.Respond(Row(1), Done);
        await service.WaitUntilArrivedAsync(2);
        service.Respond(later, Done);
        var results = await service.TakeAsync(3);

        Assert.Equal(
            [(OutcomeStatus.Failed, OutcomeCode.Unexpected, 0), (OutcomeStatus.Succeeded, "OK", 1), (OutcomeStatus.Succeeded, "OK", 1)],
            results.Select(r => (r.Outcome!.Status, r.Outcome!.Code, r.Outcome!.Attempts)));
        Assert.Equal("unforeseen", results[0].Outcome!.Cause?.Message);
    }

    [Fact]
    public async Task A_row_in_doubt_stays_so_when_its_request_cannot_even_be_signed_again()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 }, new FailingOnce(new FileLoadException("unforeseen")));
        service.Run.Add(Row(0), resumed: Interrupted);

        var outcome = Assert.Single(await service.TakeAsync(1)).Outcome!;

        Assert.Equal((OutcomeStatus.Unknown, OutcomeCode.Unexpected, true), (outcome.Status, outcome.Reason, outcome.MayBeResent));
        Assert.Equal("unforeseen", outcome.Cause?.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task More_failures_than_allowed_stop_the_run(int inFlight)
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = inFlight, MaximumFailureCount = 2 });
        service.Run.AddSettled(RowOutcome.NotSent(Row(99), "InvalidIccid", DateTimeOffset.UnixEpoch));
        for (var i = 0; i < 20; i++)
        {
            service.Run.Add(Row(i));
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Null(service.Run.AbortReason);
            await service.WaitUntilArrivedAsync(i + inFlight);
            service.Respond(Row(i), i == 1 ? string.Empty : """{"Code":"isv.IOT_RES_NOT_EXIST"}""");
        }

        var results = await service.TakeAsync(4);
        await service.RespondToAllAsync(Done);
        results.AddRange(await service.TakeAsync(21 - results.Count));

        Assert.Equal(OutcomeCode.TooManyFailures, service.Run.AbortReason);
        Assert.Equal(inFlight + 2, service.Arrived);
        Assert.Equal(21 - 3 - inFlight, results.Count(r => r.Outcome is { Code: OutcomeCode.NotSent, Reason: OutcomeCode.TooManyFailures }));
    }

    [Fact]
    public async Task A_row_whose_turn_had_come_when_the_run_was_stopped_says_what_stopped_it()
    {
        var credentials = new NeverReady();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 }, credentials);
        service.Run.Add(Row(0));
        await credentials.Asked;

        service.Run.Stop(OutcomeCode.TooManyFailures);

        var outcome = Assert.Single(await service.TakeAsync(1)).Outcome!;
        Assert.Equal((OutcomeCode.NotSent, OutcomeCode.TooManyFailures), (outcome.Code, outcome.Reason));
    }

    [Fact]
    public async Task An_in_doubt_row_that_an_aborted_run_no_longer_sends_stays_in_doubt()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(Row(0));
        service.Run.Add(Row(1), resumed: Interrupted);
        service.Run.Add(Row(2));

        await service.WaitUntilArrivedAsync(1);
        service.Respond(Row(0), """{"Code":"SignatureDoesNotMatch"}""");
        var results = await service.TakeAsync(3);

        Assert.Equal([OutcomeStatus.Failed, OutcomeStatus.Unknown, OutcomeStatus.Failed], results.Select(r => r.Outcome!.Status));
        Assert.Equal((OutcomeCode.OutcomeUnknown, OutcomeCode.NotSent), (results[1].Outcome!.Code, results[1].Outcome!.Reason));
        Assert.Equal(1, service.Arrived);
    }

    [Fact]
    public async Task After_a_stop_no_thread_sends_anything_more()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 16 });
        for (var i = 0; i < 200; i++)
        {
            service.Run.Add(Row(i));
        }

        await service.WaitUntilArrivedAsync(16);
        var inFlight = service.InFlight;
        service.Run.Stop();
        foreach (var row in inFlight)
        {
            service.Respond(row, Done);
        }

        service.Run.Add(Row(200));
        var results = await service.TakeAsync(201);

        Assert.Equal(16, service.Arrived);
        Assert.True(service.Run.IsEmpty);
        Assert.Equal(Enumerable.Range(0, 16).Select(Row), results.Where(r => r.Outcome!.Status == OutcomeStatus.Succeeded).Select(r => r.Outcome!.Row));
        Assert.Equal(185, results.Count(r => r.Outcome is { Code: OutcomeCode.NotSent, Reason: OutcomeCode.Stopped, Attempts: 0 }));
    }

    [Fact]
    public async Task After_a_stop_without_responses_every_row_ends_once_requests_in_flight_are_abandoned()
    {
        using var inFlight = new CancellationTokenSource();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 4 }, inFlight: inFlight.Token);
        for (var i = 0; i < 20; i++)
        {
            service.Run.Add(Row(i));
        }

        await service.WaitUntilArrivedAsync(4);
        service.Run.Stop();
        Assert.Equal(4, service.InFlight.Count);
        await inFlight.CancelAsync();
        var results = await service.TakeAsync(20);

        Assert.Equal(4, results.Count(r => r.Outcome is { Status: OutcomeStatus.Unknown, Reason: OutcomeCode.Stopped, MayBeResent: true }));
        Assert.Equal(16, results.Count(r => r.Outcome is { Status: OutcomeStatus.Failed, Code: OutcomeCode.NotSent }));
        Assert.Equal(4, service.Arrived);
    }

    [Fact]
    public async Task A_failure_stops_the_run_even_if_its_row_was_never_to_be_sent()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1, StopsAtFailure = true });
        service.Run.AddSettled(RowOutcome.NotSent(Row(0), "InvalidImei", DateTimeOffset.UnixEpoch));

        service.Run.Add(Row(1));
        var results = await service.TakeAsync(2);

        Assert.Equal(0, service.Arrived);
        Assert.Equal([("InvalidImei", null), (OutcomeCode.NotSent, "InvalidImei")], results.Select(r => (r.Outcome!.Code, r.Outcome!.Reason)));
        Assert.Same(results[0].Outcome, service.Run.StopCause);
    }

    [Fact]
    public async Task A_row_behind_one_that_an_earlier_run_left_unknown_is_not_sent()
    {
        using var service = new WatchedService(new RunOptions());
        service.Run.AddSettled(RowOutcome.Unknown(Row(0), OutcomeCode.Interrupted), isFromJournal: true);
        service.Run.Add(BindingRow.Unbind(Row(0).Iccid, Row(1).Imei));

        var results = await service.TakeAsync(2);

        Assert.Equal([true, false], results.Select(r => r.IsFromJournal));
        Assert.Equal(OutcomeCode.PredecessorUnknown, results[1].Outcome!.Code);
        Assert.Equal(0, service.Arrived);
    }

    [Fact]
    public async Task An_unknown_row_blocks_only_rows_behind_it_whenever_they_are_sent()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(Row(9));
        var ahead = BindingRow.Unbind(Row(0).Iccid, Row(1).Imei);
        service.Run.Add(ahead);
        service.Run.AddSettled(RowOutcome.Unknown(Row(0), OutcomeCode.Interrupted), isFromJournal: true);
        service.Run.Add(Row(0));

        await service.WaitUntilArrivedAsync(1);
        service.Respond(Row(9), Done);
        await service.WaitUntilArrivedAsync(2);
        service.Respond(ahead, Done);
        var results = await service.TakeAsync(4);

        Assert.Equal(["OK", "OK", "OutcomeUnknown", "PredecessorUnknown"], results.Select(r => r.Outcome!.Code));
    }

    [Fact]
    public void A_row_with_invalid_IMEIs_is_refused_before_it_is_queued()
    {
        using var service = new WatchedService(new RunOptions());

        Assert.Throws<ArgumentException>(() => service.Run.Add(BindingRow.Rebind(Row(0).Iccid, Row(0).Imei, "123")));

        Assert.True(service.Run.IsEmpty);
        Assert.Equal(0, service.Run.Counts.Enqueued);
    }

    [Theory]
    [InlineData("isv.ERROR_BIND_NOT_EXIST", OutcomeStatus.Unknown)]
    [InlineData("isv.IOT_RES_NOT_EXIST", OutcomeStatus.Failed)]
    [InlineData("SomethingNew", OutcomeStatus.Unknown)]
    public async Task A_repeated_row_is_settled_only_by_a_response_that_the_first_execution_cannot_cause(string code, OutcomeStatus status)
    {
        using var service = new WatchedService(new RunOptions());
        service.Run.Add(Row(0), isRepeat: true);

        await service.WaitUntilArrivedAsync(1);
        service.Respond(Row(0), $$"""{"Code":"{{code}}"}""", 404);
        var result = Assert.Single(await service.TakeAsync(1));

        Assert.Equal((status, code), (result.Outcome!.Status, result.Outcome!.Code == OutcomeCode.OutcomeUnknown ? result.Outcome!.Reason : result.Outcome!.Code));
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    /// <summary>A provider that answers when the run is stopped, and not before.</summary>
    private sealed class NeverReady : ICredentialProvider
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Source => "never ready";

        internal Task Asked => _asked.Task;

        public async ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        }

        public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken) => default;
    }

    private sealed class FailingOnce(Exception failure) : ICredentialProvider
    {
        private int _asked;

        public string Source => "failing";

        public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _asked) == 1 ? throw failure : new ValueTask<Credential>(new Credential("id", "secret"));

        public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken) => default;
    }
}
