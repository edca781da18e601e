using IotCard.Client.Running;

namespace IotCard.Client.Tests.Running;

/// <summary>When a consumer of results is woken.</summary>
public sealed class OrderedResultsTests
{
    private const int Window = 8;

    private readonly OrderedResults<string> _results = new(Window);

    [Fact]
    public void A_batch_is_complete_once_half_of_the_window_is()
    {
        var places = Enqueue(Window);
        var batch = _results.WaitForBatchAsync();
        Assert.Equal([false, false, false, true], places[..4].Select(place => IsCompleteAfter(place, batch)));
    }

    [Fact]
    public void A_batch_is_complete_once_every_place_is_however_few_there_are()
    {
        var places = Enqueue(2);
        var batch = _results.WaitForBatchAsync();
        Assert.Equal([false, true], places.Select(place => IsCompleteAfter(place, batch)));
    }

    [Fact]
    public void Without_open_places_nothing_is_awaited()
    {
        Assert.True(_results.WaitForBatchAsync().IsCompletedSuccessfully);
        Assert.True(_results.WaitForNextAsync().IsCompletedSuccessfully);
        Assert.True(_results.WaitForAllAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void Results_that_were_dequeued_do_not_count_for_the_next_batch()
    {
        var places = Enqueue(Window);
        foreach (var place in places[..4])
        {
            _results.Complete(place, "done");
            Assert.True(_results.TryDequeue(out _));
        }

        var batch = _results.WaitForBatchAsync();
        Assert.Equal([false, false, false, true], places[4..].Select(place => IsCompleteAfter(place, batch)));
    }

    private OrderedResults<string>.Place[] Enqueue(int count) => [.. Enumerable.Range(0, count).Select(_ => _results.Enqueue())];

    private bool IsCompleteAfter(OrderedResults<string>.Place place, Task batch)
    {
        _results.Complete(place, "done");
        return batch.IsCompleted;
    }
}
