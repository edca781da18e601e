using Microsoft.Extensions.Time.Testing;

namespace IotCard.Sandbox.Tests;

/// <summary>A clock that signals when a number of waits have begun.</summary>
internal sealed class WatchedClock(int waitsFor) : FakeTimeProvider(Sandbox.Noon)
{
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _timers;

    public Task Waiting => _waiting.Task.WaitAsync(TestContext.Current.CancellationToken);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (Interlocked.Increment(ref _timers) == waitsFor)
            _waiting.SetResult();
        return timer;
    }
}
