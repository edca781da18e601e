namespace IotCard.Client.Polyfills;

internal static class TimeProviderExtensions
{
    /// <summary>Creates a source that is canceled after a time on this clock.</summary>
    internal static CancellationTokenSource CreateTimeout(this TimeProvider clock, TimeSpan timeout) =>
#if NET
        new(timeout, clock);
#else
        clock.CreateCancellationTokenSource(timeout);
#endif

    /// <summary>
    /// Waits for a time on this clock. Unlike <c>Task.Delay</c>, whoever waits goes on where the wait is ended or canceled,
    /// not on another thread: what happens depends on the clock alone.
    /// </summary>
    internal static async Task WaitAsync(this TimeProvider clock, TimeSpan time, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource<bool>();
        using var registration = cancellationToken.Register(static source => ((TaskCompletionSource<bool>)source!).TrySetCanceled(), ended);
        using var timer = clock.CreateTimer(static source => ((TaskCompletionSource<bool>)source!).TrySetResult(true), ended, time, Timeout.InfiniteTimeSpan);
        await ended.Task.ConfigureAwait(false);
    }
}
