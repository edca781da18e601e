using IotCard.Client.Rules;
using IotCard.Client.Service;

namespace IotCard.Client.Tests.Service;

/// <summary>Responses are examined in the order in which they began to arrive, whatever the order in which they were read.</summary>
public sealed class ResponseOrderTests
{
    private readonly List<string> _examined = [];
    private readonly ResponseOrder _order;

    public ResponseOrderTests() => _order = new ResponseOrder(read =>
    {
        _examined.Add(read.Code);
        return read.Code == "bad" ? throw new InvalidOperationException("bad") : read;
    });

    [Fact]
    public async Task A_response_that_was_read_early_is_examined_after_those_before_it()
    {
        using var first = _order.Begin();
        using var second = _order.Begin();
        using var third = _order.Begin();

        var results = new[] { third.ExamineAsync(Read("3")), second.ExamineAsync(Read("2")) };
        Assert.Empty(_examined);
        Assert.DoesNotContain(results, static result => result.IsCompleted);
        await first.ExamineAsync(Read("1"));
        await Task.WhenAll(results).WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["1", "2", "3"], _examined);
        Assert.Equal("3", (await results[0]).Code);
    }

    [Fact]
    public async Task The_first_response_is_examined_at_once()
    {
        using var first = _order.Begin();
        using var second = _order.Begin();

        var result = first.ExamineAsync(Read("1"));

        Assert.True(result.IsCompletedSuccessfully);
        Assert.Equal("1", (await result).Code);
    }

    [Fact]
    public async Task A_response_that_was_never_read_keeps_no_other_waiting()
    {
        var first = _order.Begin();
        using var second = _order.Begin();
        var result = second.ExamineAsync(Read("2"));
        Assert.False(result.IsCompleted);

        first.Dispose();

        await result.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["2"], _examined);
    }

    [Fact]
    public async Task A_failed_examination_is_the_failure_of_its_own_response_alone()
    {
        using var first = _order.Begin();
        using var second = _order.Begin();
        var later = second.ExamineAsync(Read("2"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first.ExamineAsync(Read("bad")));

        Assert.Equal("2", (await later.WaitAsync(TestContext.Current.CancellationToken)).Code);
    }

    private static AttemptResult Read(string code) => new() { Status = AttemptStatus.Answered, Code = code };
}
