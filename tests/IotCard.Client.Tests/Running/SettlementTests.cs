using System.Collections.Concurrent;
using IotCard.Client.Cards;
using IotCard.Client.Running;

namespace IotCard.Client.Tests.Running;

/// <summary>The one order of a row's end: its outcome is recorded, then published, then the rows that waited are released.</summary>
public sealed class SettlementTests
{
    private const string Done = """{"Code":"OK","IotModBind":{"IsModSuccess":true}}""";

    private readonly ConcurrentQueue<string> _lines = [];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task A_row_is_not_even_recorded_before_the_outcome_of_the_one_it_waited_for_is(int inFlight)
    {
        var recording = new TaskCompletionSource();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = inFlight });
        service.Run.Add(First, new MemoryRecord(lines: _lines) { Name = "first: ", Outcome = recording.Task });
        service.Run.Add(Second, new MemoryRecord(lines: _lines) { Name = "second: " });
        service.Run.Add(Other, new MemoryRecord(lines: _lines) { Name = "other: " });

        await service.WaitUntilArrivedAsync(1);
        service.Respond(First, Done);
        await service.WaitUntilArrivedAsync(2);
        Assert.Contains(Other, service.InFlight);
        service.Respond(Other, Done);
        Assert.False(service.Run.TryDequeue(out _));
        Assert.DoesNotContain("second: intent", _lines);
        recording.SetResult();
        await service.WaitUntilArrivedAsync(3);
        service.Respond(Second, Done);
        await service.TakeAsync(3);

        Assert.Equal(["first: intent", "first: Succeeded OK", "second: intent", "second: Succeeded OK"], _lines.Where(static l => !l.StartsWith("other", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_row_is_published_before_the_one_that_waited_for_it_is_sent()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 4 });
        service.Run.Add(First);
        service.Run.Add(Second);

        await service.WaitUntilArrivedAsync(1);
        service.Respond(First, Done);
        await service.WaitUntilArrivedAsync(2);

        Assert.True(service.Run.TryDequeue(out var published));
        Assert.Equal(First, published.Binding);
        service.Respond(Second, Done);
        await service.TakeAsync(1);
    }

    [Fact]
    public async Task While_an_outcome_is_being_recorded_another_row_is_sent()
    {
        var recording = new TaskCompletionSource();
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(First, new MemoryRecord(lines: _lines) { Outcome = recording.Task });
        service.Run.Add(Other);

        await service.WaitUntilArrivedAsync(1);
        service.Respond(First, Done);
        await service.WaitUntilArrivedAsync(2);
        recording.SetResult();
        service.Respond(Other, Done);

        Assert.Equal(2, (await service.TakeAsync(2)).Count);
    }

    [Fact]
    public async Task Rows_that_a_stopped_run_no_longer_sends_are_settled_in_the_same_order()
    {
        using var service = new WatchedService(new RunOptions { ThrottleLimit = 1 });
        service.Run.Add(First, new MemoryRecord(lines: _lines) { Name = "first: " });
        for (var i = 0; i < 500; i++)
        {
            service.Run.Add(BindingRow.Unbind(First.Iccid, SyntheticNumbers.Imei(i + 1)), new MemoryRecord(lines: _lines) { Name = $"{i}: " });
        }

        await service.WaitUntilArrivedAsync(1);
        service.Run.Stop();
        service.Respond(First, Done);
        await service.TakeAsync(501);

        Assert.Equal(["first: intent", "first: Succeeded OK", .. Enumerable.Range(0, 500).Select(static i => $"{i}: Failed NotSent")], _lines);
    }

    private static BindingRow First { get; } = BindingRow.Unbind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(0));

    private static BindingRow Second { get; } = BindingRow.Unbind(SyntheticNumbers.Iccid(0), SyntheticNumbers.Imei(9));

    private static BindingRow Other { get; } = BindingRow.Unbind(SyntheticNumbers.Iccid(1), SyntheticNumbers.Imei(1));
}
