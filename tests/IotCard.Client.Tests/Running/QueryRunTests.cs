using IotCard.Client.Running;

namespace IotCard.Client.Tests.Running;

/// <summary>Queries overlap, and their results are published in input order.</summary>
public sealed class QueryRunTests
{
    [Fact]
    public async Task Results_are_published_in_input_order_whatever_the_order_of_the_responses()
    {
        using var run = new QueryRun<string>(10, static text => text == "bad", []);
        var (first, second) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        run.Add(_ => first.Task);
        run.AddSettled("settled");
        run.Add(_ => second.Task);

        second.SetResult("bad");
        var wasThere = run.TryDequeue(out _);
        first.SetResult("good");
        await run.WaitForAllAsync();

        Assert.False(wasThere);
        Assert.Equal(["good", "settled", "bad"], Drain(run));
        Assert.Equal(new RunCounts(3, 3, 1, 1, 0), run.Counts);
    }

    [Fact]
    public async Task It_is_full_at_its_window_and_empty_once_all_is_published()
    {
        using var run = new QueryRun<string>(2, static _ => false, []);
        run.AddSettled("1");
        var wasFull = run.IsFull;
        run.Add(static _ => Task.FromResult("2"));
        Assert.Equal((false, true), (wasFull, run.IsFull));

        await run.WaitForAllAsync();
        _ = Drain(run);

        Assert.True(run.IsEmpty);
    }

    [Fact]
    public async Task A_stop_reaches_every_query()
    {
        using var run = new QueryRun<string>(10, static _ => false, []);
        run.Add(static async stop =>
        {
            var stopped = new TaskCompletionSource();
            using var registration = stop.Register(stopped.SetResult);
            await stopped.Task;
            return "stopped";
        });

        run.Stop();
        await run.WaitForNextAsync();

        Assert.Equal(["stopped"], Drain(run));
    }

    private static List<string> Drain(QueryRun<string> run)
    {
        List<string> results = [];
        while (run.TryDequeue(out var result))
        {
            results.Add(result);
        }

        return results;
    }
}
