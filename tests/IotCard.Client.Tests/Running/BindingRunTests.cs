using IotCard.Client.Cards;
using IotCard.Client.Rules;

namespace IotCard.Client.Tests.Running;

public sealed class BindingRunTests
{
    private static string Card(int n) => SyntheticNumbers.Iccid(n);

    private static string Device(int n) => SyntheticNumbers.Imei(n);

    private static BindingRow Row(int card, int? device = null) => BindingRow.Unbind(Card(card), Device(device ?? card));

    [Fact]
    public async Task A_run_has_as_many_rows_in_flight_as_it_may_and_no_more()
    {
        using var service = new HeldService(throttleLimit: 3);
        Add(service, Enumerable.Range(0, 10).Select(i => Row(i)));

        await service.WaitUntilInFlightAsync(3);
        await service.RespondToAllAsync();

        Assert.Equal(3, service.Peak);
        Assert.Equal(10, service.Results.Count);
    }

    [Fact]
    public async Task A_run_publishes_results_in_input_order_whatever_the_order_of_the_responses()
    {
        using var service = new HeldService(throttleLimit: 4);
        Add(service, Enumerable.Range(0, 4).Select(i => Row(i)));
        await service.WaitUntilInFlightAsync(4);

        service.Respond(Card(3));
        service.Respond(Card(1));
        Assert.False(service.Run.TryDequeue(out _));
        service.Respond(Card(0));
        service.Respond(Card(2));
        for (var i = 0; i < 4; i++)
        {
            await service.TakeAsync();
        }

        Assert.Equal(Enumerable.Range(0, 4).Select(Card), service.Results.Select(r => r.Outcome!.Row.Iccid));
    }

    [Fact]
    public async Task A_slow_row_does_not_delay_the_rows_behind_it()
    {
        using var service = new HeldService(throttleLimit: 2);
        Add(service, Enumerable.Range(0, 50).Select(i => Row(i)));

        for (var i = 1; i < 50; i++)
        {
            await service.WaitUntilInFlightAsync(2);
            service.Respond(Card(i));
        }

        await service.WaitUntilInFlightAsync(1);
        Assert.Equal(50, service.Arrived.Count);
        Assert.False(service.Run.TryDequeue(out _));
        service.Respond(Card(0));
        await service.RespondToAllAsync();
        Assert.Equal(50, service.Results.Count);
    }

    [Fact]
    public async Task A_result_does_not_wait_for_the_request_that_is_sent_next()
    {
        using var service = new HeldService(throttleLimit: 1);
        Add(service, [Row(0), Row(1)]);

        await service.WaitUntilInFlightAsync(1);
        service.Respond(Card(0));
        var result = await service.TakeAsync();
        await service.WaitUntilInFlightAsync(1);

        Assert.Equal(Card(0), result.Outcome!.Row.Iccid);
        Assert.Equal([Card(1)], service.InFlight);
        await service.RespondToAllAsync();
    }

    [Fact]
    public async Task Rows_of_one_card_run_one_after_the_other_and_all_others_overlap()
    {
        using var service = new HeldService(throttleLimit: 8);
        Add(service, [Row(0, 10), Row(0, 11), Row(1), Row(0, 12), Row(2)]);

        await service.WaitUntilInFlightAsync(3);
        Assert.Equal([Card(0), Card(1), Card(2)], service.InFlight.Order(StringComparer.Ordinal));
        service.Respond(Card(0));
        await service.WaitUntilInFlightAsync(3);
        Assert.Equal(4, service.Arrived.Count);
        service.Respond(Card(0));
        await service.WaitUntilInFlightAsync(3);
        await service.RespondToAllAsync();

        Assert.Equal([Card(0), Card(0), Card(1), Card(0), Card(2)], service.Results.Select(r => r.Outcome!.Row.Iccid));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("", "cut")]
    [InlineData("cut", "software")]
    [InlineData("software", "")]
    public async Task Rows_of_one_device_run_one_after_the_other_however_its_IMEI_is_written(string first, string second)
    {
        using var service = new HeldService(throttleLimit: 8);
        service.Run.Add(BindingRow.Rebind(Card(0), Device(0), Written(Device(9), first)));
        service.Run.Add(BindingRow.Rebind(Card(1), Written(Device(9), second), Device(1)));
        service.Run.Add(BindingRow.Unbind(Card(2), Device(2)));

        await service.WaitUntilInFlightAsync(2);
        Assert.Equal([Card(0), Card(2)], service.InFlight.Order(StringComparer.Ordinal));
        service.Respond(Card(2));
        service.Respond(Card(0));
        await service.WaitUntilInFlightAsync(1);
        Assert.Equal([Card(1)], service.InFlight);
        await service.RespondToAllAsync();
    }

    [Fact]
    public async Task A_row_behind_an_unknown_one_of_its_card_is_not_sent()
    {
        using var service = new HeldService(throttleLimit: 1);
        Add(service, [Row(0), Row(1), Row(0, 5), Row(2, 0)]);

        await service.WaitUntilInFlightAsync(1);
        service.Respond(Card(0), code: string.Empty);
        await service.RespondToAllAsync();

        Assert.Equal([OutcomeStatus.Unknown, OutcomeStatus.Succeeded, OutcomeStatus.Failed, OutcomeStatus.Succeeded], service.Results.Select(r => r.Outcome!.Status));
        Assert.Equal("PredecessorUnknown", service.Results[2].Outcome!.Code);
        Assert.Equal(3, service.Arrived.Count);
    }

    [Fact]
    public async Task A_row_behind_a_failed_one_of_its_card_is_sent()
    {
        using var service = new HeldService();
        Add(service, [Row(0), Row(0, 5)]);

        await service.WaitUntilInFlightAsync(1);
        service.Respond(Card(0), "isv.ERROR_BIND_NOT_EXIST");
        await service.RespondToAllAsync();

        Assert.Equal([OutcomeStatus.Failed, OutcomeStatus.Succeeded], service.Results.Select(r => r.Outcome!.Status));
    }

    [Fact]
    public async Task An_aborted_run_sends_nothing_more_and_reports_every_row()
    {
        using var service = new HeldService(throttleLimit: 2);
        Add(service, Enumerable.Range(0, 6).Select(i => Row(i)));

        await service.WaitUntilInFlightAsync(2);
        service.Respond(Card(0), "InvalidAccessKeyId.Inactive");
        await service.TakeAsync();
        await service.RespondToAllAsync();

        Assert.Equal(
            ["InvalidAccessKeyId.Inactive", "OK", "NotSent", "NotSent", "NotSent", "NotSent"], service.Results.Select(r => r.Outcome!.Code));
        Assert.Equal(2, service.Arrived.Count);
        Assert.All(service.Results.Skip(2), r => Assert.Equal("InvalidAccessKeyId.Inactive", r.Outcome!.Reason));
        Assert.Equal("InvalidAccessKeyId.Inactive", service.Run.AbortReason);
    }

    [Fact]
    public async Task A_stopped_run_sends_nothing_new_and_still_accepts_responses_in_flight()
    {
        using var service = new HeldService(throttleLimit: 2);
        Add(service, Enumerable.Range(0, 6).Select(i => Row(i)));
        await service.WaitUntilInFlightAsync(2);

        service.Run.Stop();
        service.Respond(Card(1));
        service.Respond(Card(0));
        await service.RespondToAllAsync();

        Assert.Equal(["OK", "OK", "NotSent", "NotSent", "NotSent", "NotSent"], service.Results.Select(r => r.Outcome!.Code));
        Assert.Equal(2, service.Arrived.Count);
    }

    [Fact]
    public async Task The_first_failure_stops_a_run_that_stops_at_failures()
    {
        using var service = new HeldService(throttleLimit: 1, stopsAtFailure: true);
        Add(service, Enumerable.Range(0, 4).Select(i => Row(i)));

        await service.WaitUntilInFlightAsync(1);
        service.Respond(Card(0), "isv.IOT_RES_NOT_EXIST");
        await service.RespondToAllAsync();

        Assert.Single(service.Arrived);
        Assert.Equal(["isv.IOT_RES_NOT_EXIST", "NotSent", "NotSent", "NotSent"], service.Results.Select(r => r.Outcome!.Code));
    }

    [Fact]
    public async Task A_run_is_full_at_its_window_and_not_before()
    {
        using var service = new HeldService(throttleLimit: 1, window: 3);

        Add(service, [Row(0), Row(1)]);
        Assert.False(service.Run.IsFull);
        Add(service, [Row(2)]);
        Assert.True(service.Run.IsFull);
        await service.WaitUntilInFlightAsync(1);
        service.Respond(Card(0));
        await service.TakeAsync();
        Assert.False(service.Run.IsFull);
        await service.RespondToAllAsync();
    }

    [Fact]
    public async Task A_row_that_is_not_to_be_sent_is_published_in_order()
    {
        using var service = new HeldService();
        service.Run.Add(Row(0));
        service.Run.AddSettled(RowOutcome.NotSent(Row(1), "InvalidIccid", DateTimeOffset.UnixEpoch), isFromJournal: false, message: "words");
        await service.WaitUntilInFlightAsync(1);

        Assert.False(service.Run.TryDequeue(out _));
        service.Respond(Card(0));
        await service.TakeAsync();
        var settled = await service.TakeAsync();

        Assert.Equal(("InvalidIccid", "words"), (settled.Outcome!.Code, settled.Message));
        Assert.Equal((2, 2, 1, 1, 0), Counts(service));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_mixture_preserves_the_order_of_each_card_and_of_the_results(int seed)
    {
        var random = new Random(seed);
        using var service = new HeldService(throttleLimit: 7);
        var rows = Enumerable.Range(0, 300).Select(_ => BindingRow.Rebind(Card(random.Next(40)), Device(random.Next(60)), Device(100 + random.Next(60)))).ToList();
        Add(service, rows);

        await service.RespondToAllAsync(random.Next);

        Assert.Equal(rows, service.Results.Select(r => r.Outcome!.Row));
        foreach (var card in rows.Select(r => r.Iccid).Distinct())
        {
            Assert.Equal(rows.Count(r => r.Iccid == card), service.Arrived.Count(a => a == card));
        }

        Assert.InRange(service.Peak, 2, 7);
    }

    private static (long, long, long, long, long) Counts(HeldService service) =>
        (service.Run.Counts.Enqueued, service.Run.Counts.Done, service.Run.Counts.Settled, service.Run.Counts.Failed, service.Run.Counts.Unknown);

    private static void Add(HeldService service, IEnumerable<BindingRow> rows)
    {
        foreach (var row in rows)
        {
            service.Run.Add(row);
        }
    }

    private static string Written(string imei, string how) => how switch
    {
        "cut" => imei[..14],
        "software" => imei[..14] + "01",
        _ => imei,
    };
}
