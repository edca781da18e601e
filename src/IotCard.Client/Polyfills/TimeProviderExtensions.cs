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

    /// <summary>Waits for a time on this clock.</summary>
    internal static Task WaitAsync(this TimeProvider clock, TimeSpan time, CancellationToken cancellationToken) =>
#if NET
        Task.Delay(time, clock, cancellationToken);
#else
        clock.Delay(time, cancellationToken);
#endif
}
