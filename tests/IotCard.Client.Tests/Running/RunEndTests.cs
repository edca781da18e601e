using IotCard.Client.Cards;
using IotCard.Client.Credentials;
using IotCard.Client.Running;
using IotCard.Client.Sending;
using IotCard.Sandbox;

namespace IotCard.Client.Tests.Running;

/// <summary>How a run and its rows come to an end when something is out of the ordinary: always, and with a true result.</summary>
public sealed class RunEndTests
{
    private const string Done = """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""";

    private static readonly RecordedIntent Interrupted = new("n1", DateTimeOffset.UtcNow, "0123456789abcdef");

    [Fact]
    public async Task A_slow_row_is_overtaken_by_all_rows_of_the_window_and_by_no_more()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 2, Window = 40 });
        var added = 0;
        while (!service.Run.IsFull)
        {
            service.Run.Add(Row(added++));
        }

        for (var i = 1; i < 40; i++)
        {
            await service.UntilArrivedAsync(i + 1);
            service.Response(Row(i), Done);
        }

        Assert.Equal(40, added);
        Assert.True(service.Run.IsFull);
        Assert.False(service.Run.TryDequeue(out _));
        service.Response(Row(0), Done);
        var results = await service.TakeAsync(40);

        Assert.Equal(Enumerable.Range(0, 40).Select(Row), results.Select(r => r.Outcome.Row));
        Assert.False(service.Run.IsFull);
        Assert.Equal(new RunCounts(40, 40, 0, 0, 0), service.Run.Counts);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(TaskCanceledException))]
    public async Task What_nobody_foresaw_is_unknown_and_the_run_goes_on(Type exception)
    {
        var credentials = new FailingOnce((Exception)Activator.CreateInstance(exception, "unforeseen")!);
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 }, credentials);
        service.Run.Add(Row(0));
        service.Run.Add(Row(1));
        service.Run.Add(BindingRow.Unbind(Row(0).Iccid, Row(2).Imei));

        await service.UntilArrivedAsync(1);
        service.Response(Row(1), Done);
        var results = await service.TakeAsync(3);

        Assert.Equal(
            [(Verdict.Unknown, "Unexpected"), (Verdict.Succeeded, "OK"), (Verdict.Failed, null)],
            results.Select(r => (r.Outcome.Verdict, r.Outcome.Reason)));
        Assert.Equal("unforeseen", results[0].Outcome.Cause?.Message);
        Assert.Equal(OutcomeCode.PredecessorUnknown, results[2].Outcome.Code);
    }

    [Fact]
    public async Task A_row_in_doubt_that_a_condemned_run_no_longer_sends_stays_in_doubt()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(Row(0));
        service.Run.Add(Row(1), resumed: Interrupted);
        service.Run.Add(Row(2));

        await service.UntilArrivedAsync(1);
        service.Response(Row(0), """{"Code":"SignatureDoesNotMatch"}""");
        var results = await service.TakeAsync(3);

        Assert.Equal([Verdict.Failed, Verdict.Unknown, Verdict.Failed], results.Select(r => r.Outcome.Verdict));
        Assert.Equal((OutcomeCode.OutcomeUnknown, OutcomeCode.NotSent), (results[1].Outcome.Code, results[1].Outcome.Reason));
        Assert.Equal(1, service.Arrived);
    }

    [Fact]
    public async Task Stopped_it_sends_nothing_more_from_any_thread_that_is_about_to()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 16 });
        for (var i = 0; i < 200; i++)
        {
            service.Run.Add(Row(i));
        }

        await service.UntilArrivedAsync(16);
        var inFlight = service.InFlight;
        service.Run.Stop();
        foreach (var row in inFlight)
        {
            service.Response(row, Done);
        }

        await service.Run.DrainAsync(TimeSpan.FromMinutes(1));
        service.Run.Add(Row(200));
        await service.Run.DrainAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(16, service.Arrived);
        Assert.Equal(Enumerable.Range(0, 16).Select(Row), service.Run.DequeueDrained().Select(r => r.Outcome.Row));
    }

    [Fact]
    public async Task Stopped_with_nobody_answering_it_lands_once_what_is_in_flight_is_given_up()
    {
        using var inFlight = new CancellationTokenSource();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 4 }, inFlight: inFlight.Token);
        for (var i = 0; i < 20; i++)
        {
            service.Run.Add(Row(i));
        }

        await service.UntilArrivedAsync(4);
        service.Run.Stop();
        await service.Run.DrainAsync(TimeSpan.Zero);
        Assert.Equal(4, service.InFlight.Count);
        await inFlight.CancelAsync();
        await service.Run.DrainAsync(TimeSpan.FromMinutes(1));

        Assert.Empty(service.Run.DequeueDrained());
        Assert.Equal(4, service.Arrived);
    }

    [Fact]
    public async Task A_failure_that_is_to_stop_it_stops_it_also_when_the_row_was_never_to_be_sent()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1, StopsAtFailure = true });
        service.Run.EnqueueSettled(RowOutcome.NotSent(Row(0), "InvalidImei", DateTimeOffset.UnixEpoch));

        service.Run.Add(Row(1));
        await service.Run.DrainAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(0, service.Arrived);
        Assert.Equal(Row(0), Assert.Single(service.Run.DequeueDrained()).Outcome.Row);
    }

    [Fact]
    public async Task A_row_behind_one_that_an_earlier_run_left_unknown_is_not_sent()
    {
        using var service = new WatchedService(new RunOptions());
        service.Run.EnqueueSettled(RowOutcome.Unknown(Row(0), OutcomeCode.Interrupted), isFromJournal: true);
        service.Run.Add(BindingRow.Unbind(Row(0).Iccid, Row(1).Imei));

        var results = await service.TakeAsync(2);

        Assert.Equal([true, false], results.Select(r => r.IsFromJournal));
        Assert.Equal(OutcomeCode.PredecessorUnknown, results[1].Outcome.Code);
        Assert.Equal(0, service.Arrived);
    }

    private static BindingRow Row(int n) => BindingRow.Unbind(SyntheticNumbers.Iccid(n), SyntheticNumbers.Imei(n));

    private sealed class FailingOnce(Exception failure) : ICredentialProvider
    {
        private int _asked;

        public string Source => "failing";

        public ValueTask<Credential> GetCredentialAsync(CancellationToken cancellationToken) =>
            Interlocked.Increment(ref _asked) == 1 ? throw failure : new ValueTask<Credential>(new Credential("id", "secret"));

        public ValueTask<Credential?> RenewAsync(Credential expired, CancellationToken cancellationToken) => default;
    }
}
